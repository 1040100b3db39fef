"""Every file of ../shared/samples that an adapter of files reads; some records in every field.

What must be read was worked out from the files by hand and by other programs (lines that begin
with '@', rows of Python's csv, lines that begin with '%0' or 'TY'), never by this one.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from sources.arxiv import ArxivSource
from sources.bibtex import BibtexSource
from sources.contract import Source, SourceError
from sources.dblp import DblpSource
from sources.openreview import OpenReviewSource
from sources.page import PageSource
from sources.record import DateKind, Record, Skipped
from sources.scholar import ScholarSource

SAMPLES = Path(__file__).resolve().parents[2].parent / "shared" / "samples"
pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="no ../shared/samples here")

Make = Callable[[str], Source]
MAKE: dict[str, Make] = {
    "arxiv": lambda path: ArxivSource("x", None, path, SAMPLES),
    "openreview": lambda path: OpenReviewSource("x", None, path, SAMPLES),
    "dblp": lambda path: DblpSource("x", path, SAMPLES),
    "bibtex": lambda path: BibtexSource("x", path, SAMPLES),
    "scholar": lambda path: ScholarSource("x", path, SAMPLES),
}
OWNERS = {
    "42shawn_papers.bib": "Yuzhang Shang",
    "594zyc_papers.bib": "Yichi Zhang",
    "animadversio": "Binxu Wang",
    "artpoon_publications.bib": "Art F. Y. Poon",
    "jovapo_cv.md": "Joseph Tighe",
    "jovapo_publications": "Joseph Tighe",
    "jplalor_references.bib": "John P. Lalor",
    "ml-jku_old.bib": "Sepp Hochreiter",
    "ml-jku_papers.bib": "Sepp Hochreiter",
    "ppothana_publications": "Prasad Pothana",
    "rishabhmisra_bibliography.bib": "Rishabh Misra",
    "yuechengliu_cv.md": "Yuecheng Liu",
    "yuechengliu_publications": "Yuecheng Liu",
}
"""Whose page each of the personal ones is."""

COUNTS = {
    # Adapter and path: records; things that were seen and are not listed, or are said of a record.
    "dblp dblp/fastpaper_search.xml": (3, 0),
    "dblp dblp/person_McCallum_excerpt.xml": (1, 0),
    "dblp dblp/records_from_openreview-js.xml": (4, 1),
    "dblp dblp/search_publ_one_hit.json": (1, 0),
    "bibtex dblp/ley.bib": (9, 0),
    "bibtex dblp/nutanlimaye_dblp-standard.bib": (118, 0),
    "bibtex dblp/nutanlimaye_dblp.bib": (118, 0),
    "bibtex crossref/transform_bibtex.bib": (1, 0),
    "scholar scholar_bib/ai4eps.bib": (31, 0),
    "scholar scholar_bib/alrhub_neumann.bib": (278, 0),
    "scholar scholar_bib/amsucf.bib": (47, 0),
    "scholar scholar_bib/arabsai.bib": (3, 0),
    "scholar scholar_bib/borgr_orig.bib": (111, 0),
    "scholar scholar_bib/githubmayankgupta.bib": (13, 0),
    "scholar scholar_bib/rradules.bib": (66, 0),
    "scholar scholar_bib/spectrum-lab.bib": (230, 0),
    "scholar scholar_bib/sumidu_2022-08-16.bib": (10, 0),
    "scholar scholar_bib/sumidu_2024-02-04.bib": (156, 0),
    "scholar scholar_csv/1988go.csv": (1, 0),
    "scholar scholar_csv/alexpiche.csv": (12, 0),
    "scholar scholar_csv/cvejoski.csv": (36, 0),
    "scholar scholar_csv/hustwolfzzb.csv": (5, 0),
    "scholar scholar_csv/jplalor.csv": (29, 0),
    "scholar scholar_csv/ml-and-ml.csv": (38, 0),
    "scholar scholar_csv/nitish.csv": (1, 0),
    "scholar scholar_csv/qiyongcn.csv": (29, 0),
    "scholar scholar_csv/research-writing.csv": (14, 0),
    "scholar scholar_csv/rishabhmisra.csv": (16, 0),
    "scholar scholar_csv/sunandanadhikary.csv": (26, 0),
    "scholar scholar_csv/tamarkolodny.csv": (15, 0),
    "scholar scholar_csv/vitopaolopastore.csv": (61, 0),
    "scholar scholar_csv/ysenarath.csv": (25, 0),
    "scholar scholar_csv/yuechengliu.csv": (20, 0),
    "scholar scholar_enw/1988go.enw": (1, 0),
    "scholar scholar_enw/ggvolcanor_single.enw": (1, 0),
    "scholar scholar_enw/nitish_conference.enw": (1, 0),
    "scholar scholar_enw/research-writing.enw": (14, 0),
    "scholar scholar_enw/tamarkolodny.enw": (13, 0),
    "scholar scholar_ris/1988go.ris": (1, 0),
    "scholar scholar_ris/ggvolcanor_single.ris": (1, 0),
    "scholar personal/iemily0273_publications.csv": (46, 0),
    "page personal/42shawn_papers.bib": (33, 0),
    "page personal/594zyc_papers.bib": (13, 0),
    # Two of 26 are the template's examples.
    "page personal/animadversio": (24, 2),
    "page personal/artpoon_publications.bib": (125, 1),
    # The list on the page is made from the folder.
    "page personal/jovapo_cv.md": (0, 1),
    # Two of twelve hold a second publication.
    "page personal/jovapo_publications": (12, 2),
    "page personal/jplalor_references.bib": (66, 0),
    # Six more are the template's.
    "page personal/ml-jku_old.bib": (73, 6),
    "page personal/ml-jku_papers.bib": (92, 1),
    "page personal/ppothana_publications": (8, 0),
    "page personal/rishabhmisra_bibliography.bib": (1, 0),
    "page personal/yuechengliu_cv.md": (0, 1),
    "page personal/yuechengliu_publications": (20, 0),
}
REFUSED = {
    "scholar scholar_bib/borgr_identity.json": "is no Scholar export",
    "scholar scholar_bib/borgr_papers.csv": "is no Scholar export",
    "scholar scholar_csv/borgr_scraped_not_export.csv": "is a list that a program read off",
    "page personal/iemily0273_publications.csv": 'is a table; read it with adapter = "scholar"',
}
"""Look-alikes, and how the error begins."""
KINDS = {
    "crossref": "an answer of Crossref",
    "datacite": "an answer of DataCite",
    "openalex": "an answer of OpenAlex",
    "orcid": "an answer of ORCID",
    "s2": "an answer of Semantic Scholar",
}
UNTOLD = {
    "crossref/404_arxiv_doi.txt",
    "datacite/arxiv_to_published_doi_mapping.csv",
    "s2/404.json",
    "s2/empty_match.json",
}
"""Answers of so few words that they could be anybody's."""


def read(case: str) -> list[Record | Skipped]:
    kind, path = case.split(" ")
    if kind == "page":
        owner = OWNERS.get(path.split("/")[1], "Nobody Named")
        source: Source = PageSource("x", path, SAMPLES, (owner,))
    else:
        source = MAKE[kind](path)
    return [item for page in source.pages() for item in source.parse(page)]


def test_no_file_is_left_out() -> None:
    named = {case.split(" ")[1] for case in (*COUNTS, *REFUSED)}
    folders = ("scholar_bib", "scholar_csv", "scholar_enw", "scholar_ris", "dblp", "personal")
    there = {f"{folder}/{one.name}" for folder in folders for one in (SAMPLES / folder).glob("*")}
    assert there == {path for path in named if not path.startswith("crossref/")}


@pytest.mark.parametrize("case", COUNTS)
def test_as_many_records_as_there_are(case: str) -> None:
    found = read(case)
    records = [item for item in found if isinstance(item, Record)]
    assert (len(records), len(found) - len(records)) == COUNTS[case]
    assert len({record.id for record in records}) == len(records)
    assert all(record.title for record in records)
    # JSON has no lines worth naming.
    assert all(record.line for record in records) or case.endswith(".json")


@pytest.mark.parametrize("case", REFUSED)
def test_a_look_alike_is_named(case: str) -> None:
    with pytest.raises(SourceError) as error:
        read(case)
    assert error.value.place == case.split(" ")[1]
    assert error.value.reason.startswith(REFUSED[case])


@pytest.mark.parametrize("kind", ["arxiv", "openreview", "dblp", "bibtex", "scholar", "page"])
def test_the_answers_of_services_without_an_adapter_are_named(kind: str) -> None:
    for folder, what in KINDS.items():
        files = [f"{folder}/{file.name}" for file in sorted((SAMPLES / folder).iterdir())]
        assert files
        for path in files:
            if path in UNTOLD or path.endswith(".bib"):
                continue
            with pytest.raises(SourceError) as error:
                read(f"{kind} {path}")
            assert str(error.value) == f"{path}: is {what}; no adapter reads those"


RECORDS = {
    # Case and the number of the record: title, authors, then each appearance.
    ("scholar scholar_csv/hustwolfzzb.csv", 0): [
        "Improving Chinese Word Representation Using Four Corners Features",
        "Jin, Hai; Zhang, Zhaobo; Yuan, Pingpeng",
        "- IEEE Transactions on Big Data 2021 volume=8 number=4 pages=982-993 publisher=IEEE",
    ],
    ("scholar scholar_csv/nitish.csv", 0): [
        "Sentiment analysis of twitter data",
        "Agarwal, Apoorv; Xie, Boyi; Vovsha, Ilia; Rambow, Owen; Passonneau, Rebecca",
        "workshop Proceedings of the workshop on languages in social media 2011 pages=30-38 "
        "publisher=Association for Computational Linguistics",
    ],
    ("scholar scholar_csv/vitopaolopastore.csv", 38): [
        "Efficient Unsupervised Learning for Plankton Images",
        "Didier Alfano, Paolo; Rando, Marco; Letizia, Marco; Odone, Francesca; Rosasco, Lorenzo; "
        "Pastore, Vito Paolo",
        "preprint arXiv 2022 arxiv=2209.06726",
    ],
    ("scholar scholar_csv/yuechengliu.csv", 1): [
        "Towards autonomous driving decision by combining self-attention and deep reinforcement "
        "learning",
        "Chen, Meiling; Li, Yanjie; Liu, Qi; Lv, Shaohua; Xu, Yunhong; Liu, Yuecheng",
        "- 2021 IEEE International Conference on Real-time Computing and Robotics (RCAR) 2021 "
        "pages=1110-1115 publisher=IEEE",
    ],
    ("scholar scholar_bib/sumidu_2022-08-16.bib", 0): [
        "Perceptions of behaviour efficacy, not perceptions of threat, are drivers of COVID-19 "
        "protective behaviour in Germany",
        "Kojan, Lilian; Burbach, Laura; Ziefle, Martina; Calero Valdez, André",
        "journal Humanities and Social Sciences Communications 2022 volume=9 number=1 pages=1-15 "
        "publisher=Palgrave",
    ],
    ("scholar scholar_bib/arabsai.bib", 2): [
        "Investigating Learning in Deep Neural Networks using Layer-Wise Weight Change",
        "Agrawal, Ayush Manish; Tendle, Atharva; Sikka, Harshvardhan; Singh, Sahib; Kayid, Amr",
        "preprint arXiv 2020 arxiv=2011.06735",
    ],
    ("scholar scholar_enw/nitish_conference.enw", 0): [
        "Sentiment analysis of twitter data",
        "Agarwal, Apoorv; Xie, Boyi; Vovsha, Ilia; Rambow, Owen; Passonneau, Rebecca",
        "workshop Proceedings of the workshop on languages in social media 2011 pages=30-38 "
        "publisher=Association for Computational Linguistics",
    ],
    ("scholar scholar_enw/tamarkolodny.enw", 0): [
        "Attention functioning among adolescents with multiple learning, attentional, behavioral, "
        "and emotional difficulties",
        "Shalev, Lilach; Kolodny, Tamar; Shalev, Nir; Mevorach, Carmel",
        "journal Journal of learning disabilities 2016 volume=49 number=6 pages=582-596 "
        "publisher=Sage Publications Sage CA: Los Angeles, CA",
    ],
    ("scholar scholar_ris/ggvolcanor_single.ris", 0): [
        "ggVolcanoR: A Shiny app for customizable visualization of differential expression "
        "datasets",
        # Ten names: Scholar cuts a list there and does not say so.
        "Mullan, Kerry A; Bramberger, Liesl M; Munday, Prithvi Raj; Goncalves, Gabriel; "
        "Revote, Jerico; Mifsud, Nicole A; Illing, Patricia T; Anderson, Alison; Kwan, Patrick; "
        "Purcell, Anthony W …",
        "journal Computational and Structural Biotechnology Journal 2021 volume=19 "
        "pages=5735-5740 publisher=Elsevier",
    ],
    ("dblp dblp/person_McCallum_excerpt.xml", 0): [
        "Multi-CLS BERT: An Efficient Alternative to Traditional Ensembling",
        "Chang, Haw-Shiuan; Sun, Ruei-Yao; Ricci, Kathryn; McCallum, Andrew",
        "conference ACL (1) 2023 doi=10.18653/v1/2023.acl-long.48 pages=821-854",
    ],
    ("dblp dblp/search_publ_one_hit.json", 0): [
        "Actionable Guidance for High-Consequence AI Risk Management: Towards Standards "
        "Addressing AI Catastrophic Risks",
        "Barrett, Anthony M.; Hendrycks, Dan; Newman, Jessica; Nonnecke, Brandie",
        "preprint arXiv 2022 arxiv=2206.08966",
    ],
    ("dblp dblp/records_from_openreview-js.xml", 1): [
        "TAL Recognition in O(M(n2)) Time",
        "Rajasekaran, Sanguthevar",
        "conference ACL 1995 url=http://aclweb.org/anthology/P/P95/P95-1023.pdf pages=166-173",
    ],
    ("bibtex dblp/nutanlimaye_dblp-standard.bib", 0): [
        "On The Closures of Monotone Algebraic Classes and Variants of the Determinant",
        "Chaugule, Prasad; Limaye, Nutan",
        "journal Algorithmica 2024 doi=10.1007/s00453-024-01221-8 volume=86 number=7 "
        "pages=2130-2151",
    ],
    ("bibtex crossref/transform_bibtex.bib", 0): [
        "Augmenting large language models with chemistry tools",
        "M. Bran, Andres; Cox, Sam; Schilter, Oliver; Baldassari, Carlo; White, Andrew D.; "
        "Schwaller, Philippe",
        "journal Nature Machine Intelligence 2024-05 doi=10.1038/s42256-024-00832-8 volume=6 "
        "number=5 pages=525-535 publisher=Springer Science and Business Media LLC",
    ],
    ("page personal/animadversio", 15): [
        "The hidden linear structure in score-based models and its application",
        "Wang, Binxu; Vastola, John J",
        "workshop NeurIPS 2023 Workshop on Diffusion Models 2023",
        "preprint arXiv arxiv=2311.10892",
    ],
    ("page personal/ml-jku_papers.bib", 4): [
        "Bio-xLSTM: Generative modeling, representation and in-context learning of biological and "
        "chemical sequences",
        "Schmidinger, Niklas; Schneckenreiter, Lisa; Seidl, Philipp; Schimunek, Johannes; "
        "Hoedt, Pieter-Jan; Brandstetter, Johannes; Mayr, Andreas; Luukkonen, Sohvi; "
        "Hochreiter, Sepp; Klambauer, Günter",
        "conference The Thirteenth International Conference on Learning Representations 2025 "
        "openreview=IjbXZdugdj",
    ],
    ("page personal/jovapo_publications", 7): [
        "Scale-Aware Attention Network for Crowd Counting",
        "Varior, Rahul Rama; Shuai, Bing; Tighe, Joseph; Modolo, Davide",
        "preprint arXiv 2019 arxiv=1901.06026",
    ],
    ("page personal/yuechengliu_publications", 0): [
        "Efficient Power Grid Topology Control via Two-Stage Action Search",
        "Liu, Yuecheng; Li, Yanjie; Liu, Qi; Xu, Yunhong; Lv, Shaohua; Chen, Meiling",
        "conference International Conference on Intelligent Robotics and Applications 2021 "
        "pages=694-704 publisher=Springer International Publishing Cham",
    ],
    ("page personal/ppothana_publications", 0): [
        "Geomagnetic Jerks: A Study Using Complex Wavelets",
        "Chandrasekhar, E.; Pothana, Prasad; Gurijala, V.",
        "- proceedings of Wavelets and Fractals in Earth System Sciences 2013 "
        "url=https://www.taylorfrancis.com/chapters/edit/10.1201/b16046-11/geomagnetic-jerks-study-"
        "using-complex-wavelets-chandrasekhar-pothana-prasad-gurijala",
    ],
    ("openreview openreview/v2_yIEyHP7AvH_accepted_COLM2024.json", 0): [
        "Khayyam Challenge (PersianMMLU): Is Your LLM Truly Wise to The Persian Language?",
        "Ghahroodi, Omid; Nouri, Marzia; Sanian, Mohammad Vali; Sahebi, Alireza; "
        "Dastgheib, Doratossadat; Asgari, Ehsaneddin; Baghshah, Mahdieh Soleymani; "
        "Rohban, Mohammad Hossein",
        "- COLM 2024-07-10 venue_id=colmweb.org/COLM/2024/Conference "
        "openreview=yIEyHP7AvH status=accepted",
    ],
    ("openreview openreview/v1_NIPS.cc_2018_HkghWScuoQ.json", 0): [
        "Targeted Dropout",
        "Gomez, Aidan N.; Zhang, Ivan; Swersky, Kevin; Gal, Yarin; Hinton, Geoffrey E.",
        "submission NIPS 2018 Workshop CDNNRIA 2018-10-20 submitted "
        "venue_id=NIPS.cc/2018/Workshop/CDNNRIA openreview=HkghWScuoQ",
    ],
    ("arxiv arxiv/2026_q_testing_page1_s0_m10.xml", 2): [
        "Active Fuzzing for Testing and Securing Cyber-Physical Systems",
        "Chen, Yuqi; Xuan, Bohan; Poskitt, Christopher M.; Sun, Jun; Zhang, Fan",
        "preprint arXiv 2020-05-28 arxiv=2005.14124",
        "preprint arXiv 2020-07-16 revised arxiv=2005.14124",
        "- In Proc. ACM SIGSOFT International Symposium on Software Testing and Analysis "
        "(ISSTA 2020), pages 14-26. ACM, 2020 doi=10.1145/3395363.3397376",
        "- the ACM SIGSOFT International Symposium on Software Testing and Analysis (ISSTA 2020)",
    ],
    ("arxiv arxiv/2026_id_1605.08386.xml", 0): [
        "Heat-bath random walks with Markov bases",
        "Stanley, Caprice; Windisch, Tobias",
        "preprint arXiv 2016-05-26 arxiv=1605.08386",
    ],
}
FIELDS = "venue_id arxiv doi openreview url volume number pages publisher status".split()


DATED = (DateKind.SUBMITTED, DateKind.REVISED)


def told(record: Record) -> list[str]:
    """All that a record says, but for lines."""
    authors = "; ".join(map(str, record.authors)) + ("" if record.authors_complete else " …")
    places = []
    for one in record.appearances:
        named = [f"{name}={value}" for name in FIELDS if (value := getattr(one, name))]
        date = str(one.date) if one.date else ""
        kind = one.date_kind.value if one.date_kind in DATED else ""
        said = (one.stage.value if one.stage else "-", one.venue, date, kind, *named)
        places.append(" ".join(filter(None, said)))
    return [record.title, authors, *places]


@pytest.mark.parametrize(("case", "number"), RECORDS, ids=lambda part: str(part).split("/")[-1])
def test_a_record_in_every_field(case: str, number: int) -> None:
    records = [item for item in read(case) if isinstance(item, Record)]
    assert told(records[number]) == RECORDS[case, number]
