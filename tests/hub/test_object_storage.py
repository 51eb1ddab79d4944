"""Images in object storage, of which a process of its own plays the other side."""

from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from django.conf import LazySettings
from django.test import Client
from moto import mock_aws

from hub import image_storage
from hub.environment import Environment
from questions.image_files import missing
from tests.questions.pictures import kept

pytestmark = pytest.mark.django_db


@pytest.fixture
def bucket(settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A hub that is told to keep its images in a bucket, which is there."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "for-tests")
    variables = {"HUB_DATA_DIR": str(tmp_path), "IMAGES_URL": "s3://hub-images/a%20hub?region=us-east-1"}
    images = Environment.from_variables(variables).image_storage
    with mock_aws():
        boto3.client("s3", region_name="us-east-1").create_bucket(Bucket="hub-images")
        settings.STORAGES = settings.STORAGES | {"images": images}
        yield "hub-images"


def keys(bucket: str) -> list[str]:
    listed = boto3.client("s3", region_name="us-east-1").list_objects_v2(Bucket=bucket)
    return [it["Key"] for it in listed.get("Contents", ())]


def test_images_are_kept_in_the_bucket_and_served_by_the_hub(bucket: str, client: Client) -> None:
    image, again = kept(), kept()

    response = client.get(image.get_absolute_url())

    assert image == again
    assert keys(bucket) == [f"a hub/{image.name}"]
    assert response.status_code == 200
    assert response["Content-Type"] == "image/webp"
    assert response.content == image_storage.read(image.name)


def test_what_is_not_in_the_bucket_is_not_found_and_named(bucket: str, client: Client) -> None:
    assert missing() == []
    image = kept()
    image_storage.images().delete(image.name)

    assert client.get(image.get_absolute_url()).status_code == 404
    assert [it.name for it in missing()] == [image.name]
    assert image_storage.names() == set()


def test_a_bucket_that_is_gone_is_503_and_a_sentence(bucket: str, client: Client, editor: Client) -> None:
    image = kept()
    s3 = boto3.client("s3", region_name="us-east-1")
    s3.delete_object(Bucket=bucket, Key=f"a hub/{image.name}")
    s3.delete_bucket(Bucket=bucket)

    listed = editor.get("/admin/questions/image/?use=missing")

    assert "The files cannot be looked for now: The object storage fails" in listed.content.decode()
    with pytest.raises(OSError, match="The object storage fails"):
        kept("Another", width=61)
