package collection

import (
	"context"
	"errors"
	"io"
	"net/url"
	"path"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"go.yaml.in/yaml/v3"

	"carrel/store/article"
)

// Site is what the settings of a site generator say about the collection.
type Site struct {
	// Title is the name of the site; it may be empty.
	Title article.Text
	// Base is the address of the site without a slash at its end, such as
	// "https://example.org/blog"; empty if it is not known.
	Base article.Text
}

// maxSettings bounds the settings of a site, in bytes. They are as untrusted as
// any article, and decoders can be made slow.
const maxSettings = 64 << 10

// settingsFiles are the names under which generators keep their settings:
// Zola and older Hugo, Hugo, Jekyll.
func settingsFiles() []string {
	return []string{"hugo.toml", "hugo.yaml", "hugo.yml", "config.toml", "config.yaml", "config.yml", "_config.yml", "_config.yaml"}
}

// Site reads the settings of the site that the folder is the source of. It is
// empty if there are none, or none that can be understood: settings help to
// resolve links, and nothing depends on them. A single file has no site.
func (f *Folder) Site(ctx context.Context) Site {
	var s Site
	if f.only != "" {
		return s
	}
	for _, name := range settingsFiles() {
		settings := f.settings(ctx, name)
		if s.Title == "" {
			s.Title = article.Line(text(settings["title"]))
		}
		if s.Base == "" {
			s.Base = baseOf(settings, strings.HasPrefix(name, "_"))
		}
		if s.Base != "" && s.Title != "" {
			break
		}
	}
	return s
}

// settings returns the top level of a settings file, keys in lower case
// without '_'; nil if there is no such file.
func (f *Folder) settings(ctx context.Context, name string) map[string]any {
	data, err := f.small(ctx, name)
	if err != nil {
		return nil
	}
	var raw map[string]any
	err = guard(func() {
		if path.Ext(name) == ".toml" {
			err = toml.Unmarshal(data, &raw)
		} else {
			err = yaml.Unmarshal(data, &raw)
		}
	})
	if err != nil {
		return nil
	}
	settings := make(map[string]any, len(raw))
	for k, v := range raw {
		settings[strings.ReplaceAll(strings.ToLower(k), "_", "")] = v
	}
	return settings
}

// small reads a file that is no article, if it is an ordinary and small one.
func (f *Folder) small(ctx context.Context, name string) ([]byte, error) {
	file, err := f.tree.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > maxSettings {
		return nil, errors.New("it is no settings file")
	}
	return readAll(ctx, io.Reader(file), info.Size(), maxSettings)
}

// baseOf finds the address of the site. Jekyll keeps host and path apart.
func baseOf(settings map[string]any, jekyll bool) article.Text {
	base := text(settings["baseurl"])
	if jekyll {
		base = strings.TrimRight(text(settings["url"]), "/") + "/" + strings.TrimLeft(base, "/")
	}
	u, err := url.Parse(strings.TrimSpace(base))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return article.Line(u.Scheme + "://" + u.Host + strings.TrimRight(u.EscapedPath(), "/"))
}

func text(v any) string {
	s, _ := v.(string)
	return s
}
