package collection

import (
	"net/url"
	"strings"
)

// address is a web address in the form in which two of them are compared.
type address struct {
	// host is in lower case, without "www." and without a default port.
	host string
	// path is without percent-encoding.
	path string
	// query is sorted and without the parameters of trackers.
	query    string
	fragment string
}

// maxAddress is the length in bytes from which on a link is not taken apart.
const maxAddress = 8 << 10

// parseAddress reads an address of the web: with http, https, or "//".
func parseAddress(s string) (address, bool) {
	if strings.HasPrefix(s, "//") {
		s = "https:" + s
	}
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || !isHTTP(u.Scheme) {
		return address{}, false
	}
	host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	if port := u.Port(); port != "" && port != "80" && port != "443" {
		host += ":" + port
	}
	return address{host: host, path: u.Path, query: tracked(u.RawQuery), fragment: u.Fragment}, true
}

// key is what two addresses of the same page have in common.
func (a address) key() string {
	key := a.host + "/" + onSite(a.path)
	if a.query != "" {
		key += "?" + a.query
	}
	return key
}

// tracked takes the parameters off a query that say where a reader came from.
func tracked(query string) string {
	if query == "" {
		return ""
	}
	values, err := url.ParseQuery(query)
	if err != nil {
		return query
	}
	for name := range values {
		if strings.HasPrefix(name, "utm_") || name == "fbclid" || name == "gclid" {
			delete(values, name)
		}
	}
	return values.Encode()
}

func isHTTP(scheme string) bool { return scheme == "http" || scheme == "https" }

// scheme returns the scheme of a target in lower case, empty if it has none.
// (RFC 3986, section 3.1; one letter is the drive of a path.)
func scheme(s string) string {
	for i := range len(s) {
		c := s[i] | 0x20
		switch {
		case 'a' <= c && c <= 'z':
		case i > 0 && (s[i] >= '0' && s[i] <= '9' || s[i] == '+' || s[i] == '-' || s[i] == '.'):
		case i > 1 && s[i] == ':':
			return strings.ToLower(s[:i])
		default:
			return ""
		}
	}
	return ""
}
