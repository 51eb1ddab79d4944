"""Sessions in the database; a page that is only read waits for nobody to keep what it has shown."""

from django.contrib.sessions import middleware
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.db import Error as DatabaseError
from django.http import HttpRequest, HttpResponse

from hub.databases import atomic_without_patience, is_outage


class SessionStore(db.SessionStore):
    """Django's, which says that the database fails where Django's says that somebody has deleted the session."""

    def save(self, must_create: bool = False) -> None:
        try:
            super().save(must_create)
        except UpdateError as error:
            if is_outage(error.__context__):
                raise error.__context__ from error.__context__.__cause__  # type: ignore[misc, union-attr]
            raise


class SessionMiddleware(middleware.SessionMiddleware):
    """Django's, which on a visit keeps the session if the database takes it at once.

    Else messages that have just been shown are shown once more. A view that cannot do without saves the session itself.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        session = request.session
        if request.method in ("GET", "HEAD") and session.modified and session.session_key and not session.is_empty():
            try:
                with atomic_without_patience():
                    return super().process_response(request, response)
            except DatabaseError as error:
                if not is_outage(error):
                    raise
                session.modified = False
        return super().process_response(request, response)
