"""The writer process as the gateway sees it: begun when it is needed, begun again when it died.

A batch may be written twice by that, which changes nothing.
"""

from __future__ import annotations

import asyncio
import sys

from gongjian.gateway.envelopes import LENGTH, Written, plain_batch, plain_place, sealed, unsealed
from gongjian.telemetry.live.places import Place
from gongjian.telemetry.live.port import Batch


class WriterProcess:
    """Hands batches to the process, one at a time."""

    def __init__(self, at: Place) -> None:
        self._at = at
        self._process: asyncio.subprocess.Process | None = None

    async def write(self, batch: Batch) -> Written:
        """Write a batch, or tell why it is not."""
        try:
            return await self._asked(sealed(plain_batch(batch)))
        except (OSError, asyncio.IncompleteReadError) as error:
            await self.close()
            return Written(0, trouble=f"写入进程中断（{type(error).__name__}），数据尚未保存，正在重新启动。")

    async def _asked(self, message: bytes) -> Written:
        process = self._process or await self._begun()
        if process.stdin is None or process.stdout is None:
            raise BrokenPipeError
        process.stdin.write(message)
        await process.stdin.drain()
        (size,) = LENGTH.unpack(await process.stdout.readexactly(LENGTH.size))
        return Written(*unsealed(await process.stdout.readexactly(size)))

    async def _begun(self) -> asyncio.subprocess.Process:
        pipe = asyncio.subprocess.PIPE
        self._process = await asyncio.create_subprocess_exec(sys.executable, "-m", "gongjian.gateway.writing", stdin=pipe, stdout=pipe)
        if self._process.stdin is not None:
            self._process.stdin.write(sealed(plain_place(self._at)))
        return self._process

    async def close(self) -> None:
        """End the process by closing its input; what it is at work on it finishes."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()
        try:
            await asyncio.wait_for(process.wait(), 10)
        except TimeoutError:
            process.kill()
            await process.wait()

    @property
    def number(self) -> int | None:
        """The number of the process while there is one."""
        return self._process.pid if self._process else None
