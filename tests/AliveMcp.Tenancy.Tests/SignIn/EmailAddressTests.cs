using AliveMcp.Tenancy.SignIn;

namespace AliveMcp.Tenancy.Tests.SignIn;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("alice@example.com", "alice@example.com")]
    [InlineData("  Alice.B+tag@Example.COM ", "alice.b+tag@example.com")]
    [InlineData("o'neil@example.co.uk", "o'neil@example.co.uk")]
    [InlineData("a@bücher.example", "a@xn--bcher-kva.example")]
    public void An_address_has_one_spelling(string typed, string kept)
    {
        Assert.True(EmailAddress.TryParse(typed, out var address));
        Assert.Equal(kept, address.Text);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("alice")]
    [InlineData("@example.com")]
    [InlineData("alice@")]
    [InlineData("alice@localhost")]
    [InlineData("a b@example.com")]
    [InlineData("alice@example.com\r\nBcc: victim@example.com")]
    [InlineData("alice@example.com\nx")]
    [InlineData("Alice <alice@example.com>")]
    [InlineData("\"quoted\"@example.com")]
    [InlineData("alice@example.com,bob@example.com")]
    [InlineData("alice@exa mple.com")]
    [InlineData("alice@-example.com")]
    [InlineData("alice@[127.0.0.1]")]
    [InlineData("alice..b@example.com")]
    [InlineData("al\u202eice@example.com")]
    [InlineData("аlice@example.com")]
    public void What_could_begin_another_header_or_hide_is_none(string? typed) =>
        Assert.False(EmailAddress.TryParse(typed, out _));

    [Fact]
    public void A_very_long_one_is_none() =>
        Assert.False(EmailAddress.TryParse(new string('a', 250) + "@example.com", out _));
}
