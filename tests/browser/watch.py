"""What a browser complains of while a test runs, and what it asks for."""

import re
from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response, WebError

REPORT_VIOLATIONS = """
addEventListener("securitypolicyviolation", (event) => {
  console.error(`CSP: ${event.violatedDirective} blocked ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
});
"""


@dataclass
class Watch:
    """Everything said and asked in the contexts that were given to `over`."""

    complaints: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        """Watch a context that has no page yet."""
        context.add_init_script(REPORT_VIOLATIONS)
        context.on("console", self._hear)
        context.on("weberror", self._catch)
        context.on("response", self._check)
        context.on("request", self._note)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.type}: {message.text} ({message.location['url']})")

    def _catch(self, error: WebError) -> None:
        self.complaints.append(f"uncaught: {error.error}")

    def _check(self, response: Response) -> None:
        if response.status >= 500:
            self.complaints.append(f"answered {response.status}: {response.url}")

    def _note(self, request: Request) -> None:
        self.addresses.append(request.url)

    def expect(self, pattern: str) -> None:
        """Announce a complaint that has to come, as a regular expression."""
        self.expected.append(pattern)

    def surprises(self) -> list[str]:
        """The complaints that nobody announced, and the announced ones that did not come."""
        unannounced = [text for text in self.complaints if not any(re.search(it, text) for it in self.expected)]
        missing = [it for it in self.expected if not any(re.search(it, text) for text in self.complaints)]
        return unannounced + [f"expected, but missing: {pattern}" for pattern in missing]
