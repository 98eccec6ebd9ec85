"""The live store: what devices upload, as it arrives, thousands of packets a second. Append-only, behind the port in ``port``.

How to reach it: ``telemetry.queries.live()`` gives the store of this installation (one for each thread; cheap to ask for).
For readers, all of them quick and none of them through the ORM::

    live().latest(devices, Stream.MINUTE)                  -> {device: Heard}, the newest moment of each
    live().table(device, Stream.MINUTE, columns, a, b)     -> Table(moments, values, flags): numpy, one row a moment
    series(live(), device, "w01018", Period.HOUR, a, b)    -> the same for one factor (``reading.series``)
    thinned(table, 2000)                                   -> lowest and highest of each stretch, for drawing (``reading.thinned``)
    live().since(cursor, limit)                            -> (cursor, [Heard, …]) in the order they became durable

What it promises:

- A device is its number in ``telemetry.models.Device`` (``Device.pk``).
- A column is (factor, statistic) as sent: ``Column("w01018", "Avg")``.
- ``moment`` is DataTime in seconds since 1970, as sent: the START of the period for minute, hour and day, unlike the labels of
  ``store``, which name the END. Intervals here are closed at the first moment and open at the last.
- Same device, stream, moment and content: kept once, however often it is sent. Other content is a correction: it is kept beside the
  first and stands from then on; content heard before never comes back by being sent again. Parts of a split packet stand together.
- A value that was no number is NaN, a column that was not sent is NaN with flag ``NOT_SENT``; missing is not zero. Flags are bytes
  of HJ 212 (``N`` normal …), ``NO_FLAG`` where a value came without one; ``usable`` tells which values take part in means.
- What ``append`` has returned from survives a crash of the process and of the machine.
- ``since`` goes up by one sequence that is never reused; it may tell something again, never leave it out. Whoever sweeps notes
  how far it got under a name (``cursor``, ``move_cursor``): old days are packed away only as far as every named sweep has read.
- Closed months are moved into Parquet files (``archive``). Where one of them is lost or damaged, whatever needs it raises
  ``UnreadableError``, a Refusal with the file's name; ``latest``, ``columns`` and ``last_moments`` open no file.
- A moment that cannot be true (later than it was received by a day, or before 2000) is kept under the stream's negative number
  and read by nobody.
"""
