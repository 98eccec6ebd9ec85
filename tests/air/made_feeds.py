"""Small files of our own in the layouts the feeds have."""

from datetime import datetime

from hypothesis import strategies as st

from gongjian.telemetry.moments import CLOCK

HEADING = "time,PM2.5,PM10,SO2,NO2,O3,CO,AQI"
YEARLY = f"""{HEADING}
2018-01-01T00:00+08:00,77,137,7,87,3,1.4,103
2018-01-01T01:00+08:00,78,,10,88,7,1.4,104
2018-01-01T02:00+08:00,,,,,,,
"""
ALL = """date,hour,type,东四,亦庄,通州
20180101,0,PM2.5,60,77,90
20180101,0,PM2.5_24h,,,
20180101,0,PM10,130,137,171
20180101,0,AQI,80,103,120
20180101,1,PM2.5,61,78,91
"""
EXTRA = """date,hour,type,东四,亦庄,通州
20180101,0,SO2,13,7,16
20180101,0,CO,1.2,1.4,1.9
20180101,0,CO_24h,,,
"""
RENAMED = """date,hour,type,东城东四,亦庄开发区
20210123,23,PM2.5,92,77
20210123,23,SO2_24h,,
"""
PAGE = "<html><h1>Not Found</h1><p>The resource could not be found.</p></html>"
NAMES = {"yizhuang": "yizhuang", "亦庄": "yizhuang", "亦庄开发区": "yizhuang"}

hours = st.datetimes(datetime(2001, 1, 1), datetime(2090, 1, 1), timezones=st.just(CLOCK)).map(  # noqa: DTZ001
    lambda at: at.replace(minute=0, second=0, microsecond=0)
)
