"""Notices sent before there were inboxes are put into them.

One that a courier had delivered counts as read; one that was still waiting, or had been given up, is unread: nobody has seen it.
"""

from django.db import migrations


def fill(apps, schema_editor):
    """One entry for every reader with an account."""
    Dispatch, Delivery = apps.get_model("notices", "Dispatch"), apps.get_model("notices", "Delivery")
    known = set(apps.get_model("people", "User").objects.values_list("pk", flat=True))
    for dispatch in Dispatch.objects.iterator():
        readers = [who for who in dict.fromkeys(dispatch.to) if who in known]
        Delivery.objects.bulk_create(
            Delivery(
                dispatch=dispatch,
                channel="inbox",
                user_id=reader,
                state="delivered",
                attempts=1,
                delivered_at=dispatch.created_at,
                read_at=dispatch.delivered_at,
            )
            for reader in readers
        )


class Migration(migrations.Migration):
    dependencies = [("notices", "0002_deliveries_and_preferences")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
