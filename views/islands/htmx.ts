// htmx alone, so that it is cached apart from our own code.
import 'htmx.org';
