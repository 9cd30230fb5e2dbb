using System.Text;
using AliveMcp.Probing.Credentials;

namespace AliveMcp.Probing.Tests.Credentials;

public sealed class SecretMaskTests
{
    private const string Secret = "planted-7f3a9c/Zq+x81";

    public static TheoryData<string> Spellings =>
        [
            Secret,
            Secret.ToUpperInvariant(),
            Convert.ToHexString(Encoding.UTF8.GetBytes(Secret)),
            Convert.ToHexStringLower(Encoding.UTF8.GetBytes(Secret)),
            Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret)),
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"a{Secret}b")),
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"Bearer {Secret}")).TrimEnd('='),
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"xy{Secret}")).Replace('+', '-').Replace('/', '_'),
            Secret.Replace("/", "\\/", StringComparison.Ordinal),
            Secret.Replace("+", "\\u002B", StringComparison.Ordinal),
            string.Concat(Secret.Select(character => $"\\u{(int)character:x4}")),
            Uri.EscapeDataString(Secret),
            string.Concat(Secret.Select(character => $"%{(int)character:X2}")),
            Secret.Replace("/", "&#47;", StringComparison.Ordinal),
            Secret.Replace("+", "&#x2B;", StringComparison.Ordinal),
            Secret[..12],
            Secret[5..],
        ];

    [Theory]
    [MemberData(nameof(Spellings))]
    public void Every_spelling_is_taken_out_and_nothing_else(string spelling)
    {
        var mask = Knowing(Secret);
        var text = $"The token {spelling}, it said.";

        var masked = mask.Of(text);

        Assert.StartsWith("The token ", masked, StringComparison.Ordinal);
        Assert.EndsWith(", it said.", masked, StringComparison.Ordinal);
        Assert.Contains(SecretMask.Mark, masked, StringComparison.Ordinal);
        // At the edges of Base64 some characters belong to the neighbours, "Bearer " for one: those stay.
        Assert.InRange(masked.Length, 0, "The token , it said.".Length + SecretMask.Mark.Length + 12);
        Assert.True(mask.MayBeIn(Encoding.UTF8.GetBytes(text)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("an ordinary sentence about planted trees, 100% of them \\u0041 \\ %")]
    [InlineData("{\"name\":\"tool\",\"description\":\"línea\"}")]
    public void What_holds_no_secret_stays_as_it_is(string text)
    {
        var mask = Knowing(Secret);

        Assert.Same(text, mask.Of(text));
        Assert.False(mask.MayBeIn(Encoding.UTF8.GetBytes(text)));
    }

    [Theory]
    [InlineData("pass")]
    [InlineData("schlüssel-ü-1")]
    [InlineData("日本語の鍵です")]
    public void Short_ones_and_other_scripts_are_known_too(string secret)
    {
        var mask = Knowing(secret);

        Assert.Equal($"a {SecretMask.Mark} b", mask.Of($"a {secret} b"));
        Assert.True(mask.MayBeIn(Encoding.UTF8.GetBytes($"a {secret} b")));
    }

    [Theory]
    [InlineData("correct horse battery", "correct+horse+battery")]
    [InlineData("correct horse battery", "correct%20horse%20battery")]
    [InlineData("schlüssel-für-1", "schl%C3%BCssel-f%c3%bcr-1")]
    [InlineData("schlüssel-für-1", "schl&#252;ssel-f&#xFC;r-1")]
    [InlineData("a<b&c>d\"e'f", "a&lt;b&amp;c&gt;d&quot;e&#39;f")]
    [InlineData("a<b&c>d\"e'f", "a&#x3c;b&#38;c&#62;d&#34;e&apos;f")]
    public void Forms_urls_and_pages_spell_it_in_their_own_way(string secret, string echo)
    {
        Assert.Equal($"a {SecretMask.Mark} b", Knowing(secret).Of($"a {echo} b"));
    }

    [Fact]
    public void Of_what_others_chose_the_whole_alone_is_taken_out()
    {
        var mask = new SecretMask();
        mask.AddWhole("session-0001");

        Assert.Equal($"no {SecretMask.Mark}, session-less", mask.Of("no Session-0001, session-less"));
    }

    [Fact]
    public void The_short_look_never_misses_what_the_long_one_finds()
    {
        var random = new Random(11);
        var mask = Knowing(Secret);
        var forms = Spellings.Select(row => row.Data).ToList();
        for (var round = 0; round < 2_000; round++)
        {
            var text = new StringBuilder();
            for (var part = 0; part < 4; part++)
            {
                text.Append(forms[random.Next(forms.Count)].AsSpan(random.Next(4)));
                text.Append((char)random.Next(' ', 'ÿ'));
            }

            var written = text.ToString();
            var isFound = !ReferenceEquals(mask.Of(written), written);

            Assert.True(!isFound || mask.MayBeIn(Encoding.UTF8.GetBytes(written)), written);
        }
    }

    private static SecretMask Knowing(string secret)
    {
        var mask = new SecretMask();
        mask.Add(secret);
        return mask;
    }
}
