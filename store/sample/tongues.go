package sample

import "strings"

// tongue is a language besides the invented one. It has words, which are mixed
// with invented ones, or characters, which make whole sentences without spaces.
type tongue struct {
	code  string
	words []string
	chars []rune
	stop  string
}

func tongues() []tongue {
	return []tongue{
		{code: "de", words: strings.Fields(`über für können müssen größer schön Straße Bücher hören zurück früh
			während Übung Lösung prüfen Gerät wäre hätte gehört Änderung Größe nächste wählen Maß heißt außerdem
			der die das und nicht auch eine sich mit auf dem wird Verzeichnis`)},
		{code: "fr", words: strings.Fields(`été déjà où très être même français élève problème à côté après première
			année système données modèle créer français œuvre reçu ça forêt naïve hôtel les des une dans pour qui
			sur avec est pas nous vous`)},
		{code: "zh", stop: "。", chars: []rune(`的一是不了人我在有他这中大来上个国和也子时道说出而要于就下得可你年生自会那后能对着事其里所
			去行过家十用发天如然作方成者多日都三小军二无同么经法当起与好看学进种将还分此心前面又定见只主没公从知使现文章索引`)},
		{code: "ja", stop: "。", chars: []rune(`のにはをたがでてとしれさあるいもすからなことしていないまうりよるくきそこおけちえわつめ日本語文書検索記事新聞読
			本人時間年月東京大学生活仕事世界言葉コンピュータプログラムデータ`)},
	}
}

// draw draws a tongue: none for most articles.
func (m *maker) draw() *tongue {
	if n := m.rng.IntN(100); n < 6 {
		return &m.tongues[[...]int{0, 0, 1, 1, 2, 3}[n]]
	}
	return nil
}

// glyphs appends a sentence without spaces.
func (m *maker) glyphs(b []byte, t *tongue, n int) []byte {
	for range n {
		// The square prefers what stands first in the list.
		k := m.rng.IntN(len(t.chars))
		k = k * m.rng.IntN(len(t.chars)) / len(t.chars)
		if c := t.chars[k]; c > ' ' {
			b = append(b, string(c)...)
		}
	}
	return b
}
