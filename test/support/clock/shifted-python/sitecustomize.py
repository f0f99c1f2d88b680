# Loaded by Python before an aws client: its clock is off by the milliseconds in the file CLOCK_FILE, like shifted-clock.ts.
import datetime
import os
import time

with open(os.environ['CLOCK_FILE']) as file:
    seconds = float(file.read()) / 1000
real, real_time = datetime.datetime, time.time


class AnyDatetime(type):
    def __instancecheck__(cls, instance):
        return isinstance(instance, real)


class ShiftedDatetime(real, metaclass=AnyDatetime):
    @classmethod
    def utcnow(cls):
        return real.utcnow() + datetime.timedelta(seconds=seconds)

    @classmethod
    def now(cls, tz=None):
        return real.now(tz) + datetime.timedelta(seconds=seconds)


datetime.datetime = ShiftedDatetime
time.time = lambda: real_time() + seconds
