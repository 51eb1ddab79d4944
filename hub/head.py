"""HEAD as WSGI wants it: Django leaves the body that a GET would have to the server, and gunicorn warns of each."""

from collections.abc import Iterable

from hub.pages.wsgi import Application, Environ, StartResponse


def without_body_on_head(application: Application) -> Application:
    """The application, with nothing but headers in its answers to HEAD."""

    def answer(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        body = application(environ, start_response)
        if environ["REQUEST_METHOD"] != "HEAD":
            return body
        if close := getattr(body, "close", None):
            close()
        return ()

    return answer
