"""The pages that a process keeps in memory: those of one version of the content, in a number of bytes."""

from collections import OrderedDict
from threading import Lock

from hub.pages.address import Address
from hub.pages.coding import Page

MEMORY = 16 * 2**20  # bytes of pages in a process
OVERHEAD = 5120  # bytes that a page takes beside its bodies and its address: headers and objects


class Pages:
    """The pages of one version of the content that were asked for last, as many as fit into a number of bytes."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.size = 0
        self._version: int | None = None
        self._pages: OrderedDict[Address, Page] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._pages)

    def get(self, version: int, address: Address) -> Page | None:
        """The page, if there is one; pages of another version are forgotten."""
        with self._lock:
            if version != self._version:
                self._pages.clear()
                self._version, self.size = version, 0
            page = self._pages.get(address)
            if page is not None:
                self._pages.move_to_end(address)
            return page

    def last(self, address: Address) -> Page | None:
        """The page of the version that was known last."""
        with self._lock:
            return self._pages.get(address)

    def put(self, version: int, address: Address, page: Page) -> None:
        """Keep a page, unless the content has changed while it was made or another thread was quicker."""
        with self._lock:
            if version != self._version or address in self._pages:
                return
            self._pages[address] = page
            self.size += _size(address, page)
            while self.size > self.limit:
                self.size -= _size(*self._pages.popitem(last=False))


def _size(address: Address, page: Page) -> int:
    return OVERHEAD + sum(map(len, address)) + sum(len(variant.body) for variant in page.values())
