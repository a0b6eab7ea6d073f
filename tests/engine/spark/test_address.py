"""What a URL of Spark says, and what it says wrongly."""

import pytest

from mainstay.engine import UnknownSource, connect
from mainstay.engine.spark.address import PATIENCE, Address


def test_a_cluster_with_its_catalogue() -> None:
    found = Address.of("spark://master:7077/sales")

    assert (found.master, found.schema, found.lines) == ("spark://master:7077", "sales", "")
    assert (found.patience, found.settings) == (PATIENCE, ())


def test_a_cluster_that_reads_a_lake_with_settings_of_its_own() -> None:
    found = Address.of("spark://a:7077,b:7078?lines=hdfs://n/sales&spark.executor.memory=4g")

    assert found.hosts() == [("a", 7077), ("b", 7078)]
    assert found.lines == "hdfs://n/sales"
    assert found.settings == (("spark.executor.memory", "4g"),)


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("spark:", "names no cluster"),
        ("spark://", "names no cluster"),
        ("spark://host", "names no cluster"),
        ("spark://host:seven", "names no cluster"),
        ("spark://[1::2", "names no cluster"),
        ("spark://host:7077?table=x", "“table” in .* means nothing"),
        ("spark://host:7077?patience=soon", "no number of seconds"),
        ("spark://host:7077?spark.hadoop.fs.s3a.secret.key=x", "stored and shown"),
    ],
)
def test_a_wrong_address_gets_a_sentence(url: str, sentence: str) -> None:
    with pytest.raises(UnknownSource, match=sentence):
        connect(url)
