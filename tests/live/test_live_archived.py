"""Pages of archived data: drawn as any other, and where a file is lost it is named."""

from datetime import timedelta

from live_field import NOW, NOX
from stage import at

from gongjian.telemetry.moments import seconds
from gongjian.telemetry.queries import live


def test_a_span_whose_archive_is_lost_names_the_file_and_every_other_page_goes_on(field, sign_in, settings, tmp_path):
    settings.GONGJIAN_ARCHIVE = tmp_path / "archive"
    old = at(7, 10, 8)
    field.say("MNDA001", old, {NOX: 33.0})
    field.say("MNDA001", NOW - timedelta(minutes=20), {NOX: 40.0})
    moved = live().archive(seconds(at(9, 1)), at=0, devices={}, most=9)
    client, address = sign_in("chengjian"), f"/live/{field.boiler.pk}/?period=minute"
    span = f"{address}&first=2020-07-10T00:00&last=2020-07-11T00:00"
    file = span.replace(f"{field.boiler.pk}/", f"{field.boiler.pk}/data.csv")
    assert ",33" in b"".join(client.get(file)).decode()
    (settings.GONGJIAN_ARCHIVE / moved[0].file).unlink()
    answer = client.get(span)
    assert answer.status_code == 503
    assert f"归档文件 {moved[0].file} 不见了" in answer.content.decode()
    assert client.get(address).status_code == client.get("/live/").status_code == 200
