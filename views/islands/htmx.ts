// A bundle with htmx only, so that browsers cache it apart from our own code.
import 'htmx.org';
