namespace AliveMcp.Vocabulary.Tests;

public sealed class SafeTextTests
{
    [Theory]
    [InlineData("plain ASCII with <b> & \\", "plain ASCII with <b> & \\")]
    [InlineData("Grüße, 東京, мир, 👍🏽 ❤\uFE0F", "Grüße, 東京, мир, 👍🏽 ❤\uFE0F")]
    [InlineData("\u001b[31mred\u0007", "\\u{1b}[31mred\\u{7}")]
    [InlineData("two\r\nlines\u2028three", "two\\u{d}\\u{a}lines\\u{2028}three")]
    [InlineData("abc\u202Edef\u2069", "abc\\u{202e}def\\u{2069}")]
    [InlineData("a\u200Bb\u200Dc\uFEFFd\u00ADe", "a\\u{200b}b\\u{200d}c\\u{feff}d\\u{ad}e")]
    [InlineData("x\U000E0041\U000E0142", "x\\u{e0041}\\u{e0142}")]
    [InlineData("C1 \u009b and filler \u3164", "C1 \\u{9b} and filler \\u{3164}")]
    public void Acting_characters_are_shown_instead_of_obeyed(string text, string shown)
    {
        Assert.Equal(shown, SafeText.Of(text));
    }

    [Fact]
    public void A_lone_surrogate_is_shown_by_its_number()
    {
        Assert.Equal("a\\u{d800}b\\u{dc00}", SafeText.Of("a\ud800b\udc00"));
    }

    [Fact]
    public void Nothing_is_the_empty_text()
    {
        Assert.Equal("", SafeText.Of(null));
    }

    [Theory]
    [InlineData("abcdef", 6, "abcdef")]
    [InlineData("abcdefg", 6, "abcde…")]
    [InlineData("abcd👍g", 6, "abcd…")]
    [InlineData("abcd👍", 6, "abcd👍")]
    [InlineData("ab\u0007cdefgh", 6, "ab…")]
    [InlineData("abcdefg", 1, "…")]
    public void A_cut_ends_in_an_ellipsis_and_parts_nothing(string text, int max, string shown)
    {
        Assert.Equal(shown, SafeText.Of(text, max));
    }
}
