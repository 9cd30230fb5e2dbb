using AliveMcp.Tenancy.SignIn;

namespace AliveMcp.Tenancy.Tests.SignIn;

public sealed class NextPathTests
{
    [Theory]
    [InlineData("/account")]
    [InlineData("/t/acme/members")]
    [InlineData("/invitation?token=abc_DEF-123")]
    public void A_path_of_ours_is_kept(string path) => Assert.Equal(path, NextPath.Of(path));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("https://evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/a\r\nSet-Cookie: x=1")]
    [InlineData("/a b")]
    [InlineData("/é")]
    [InlineData("/sign-out")]
    [InlineData("/sign-in?next=/x")]
    public void Anything_else_leads_home(string? path) => Assert.Equal("/tenants", NextPath.Of(path));
}
