using AliveMcp.Tenancy.SignIn;
using AliveMcp.Tenancy.SignIn.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace AliveMcp.Tenancy.Tests.SignIn.Sessions;

public sealed class WebOriginTests
{
    [Theory]
    [InlineData("https://alive.example", null, true)]
    [InlineData("https://alive.example", "same-origin", true)]
    [InlineData(null, "same-origin", true)]
    [InlineData(null, null, false)]
    [InlineData(null, "none", false)]
    [InlineData(null, "same-site", false)]
    [InlineData("https://alive.example", "cross-site", false)]
    [InlineData("http://alive.example", null, false)]
    [InlineData("https://alive.example:8443", null, false)]
    [InlineData("https://alive.example.evil.example", null, false)]
    [InlineData("https://alive.example@evil.example", null, false)]
    [InlineData("https://evil.example", "same-origin", false)]
    [InlineData("null", null, false)]
    [InlineData("file://", null, false)]
    [InlineData("android-app://", null, false)]
    [InlineData("chrome-extension://abcdef", null, false)]
    public void Behind_a_public_address_a_page_of_ours_has_its_scheme_host_and_port(
        string? origin,
        string? site,
        bool isOurs
    ) => Assert.Equal(isOurs, IsOurs("https://alive.example", "alive.example", origin, site));

    [Theory]
    [InlineData("http://127.0.0.1:8080", true)]
    [InlineData("http://127.0.0.1", false)]
    [InlineData("http://localhost:8080", false)]
    [InlineData("file://", false)]
    [InlineData("null", false)]
    public void On_a_machine_of_its_own_it_is_the_address_that_was_asked(string origin, bool isOurs) =>
        Assert.Equal(isOurs, IsOurs(publicUrl: null, "127.0.0.1:8080", origin, site: null));

    private static bool IsOurs(string? publicUrl, string host, string? origin, string? site)
    {
        var options = new SignInOptions { PublicUrl = publicUrl is null ? null : new Uri(publicUrl) };
        var http = new DefaultHttpContext();
        http.Request.Scheme = "http";
        http.Request.Host = new HostString(host);
        if (origin is not null)
        {
            http.Request.Headers.Origin = origin;
        }

        if (site is not null)
        {
            http.Request.Headers["Sec-Fetch-Site"] = site;
        }

        return new WebOrigin(Options.Create(options)).IsSameOrigin(http.Request);
    }
}
