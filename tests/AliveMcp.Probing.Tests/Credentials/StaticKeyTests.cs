using System.Text;
using AliveMcp.Testing.Wire;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Probing.Tests.Credentials;

public sealed class StaticKeyTests
{
    public static TheoryData<CredentialKind, string, string> Shown =>
        new()
        {
            { CredentialKind.Bearer, "Authorization", $"Bearer {Keys.Secret}" },
            { CredentialKind.Header, "X-API-Key", Keys.Secret },
            {
                CredentialKind.Basic,
                "Authorization",
                "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"alice:{Keys.Secret}"))
            },
        };

    [Theory]
    [MemberData(nameof(Shown))]
    public async Task A_key_is_shown_with_every_request_and_lets_in(CredentialKind kind, string header, string value)
    {
        await using var server = await FakeMcpServer.StartAsync(
            Specimens.Guarded(seen => seen.Header(header) == value)
        );

        var result = await server.ProbeAsync(Of(kind));

        Assert.Equal(Expected.Live, Expected.Of(result));
        Assert.Equal((Access.Protected, VerifiedTo.Tools), (result.Attempt.Access, result.Attempt.VerifiedTo));
        Assert.All(server.Requests, seen => Assert.Equal(value, seen.Header(header)));
        Assert.Contains(server.Requests, seen => seen.Method == "DELETE");
        Assert.Empty(server.Sessions);
    }

    [Fact]
    public async Task A_key_goes_by_the_legacy_transport_too()
    {
        await using var server = await FakeMcpServer.StartAsync(
            Specimens.HealthyLegacySse.On(
                "*",
                call => Keys.OnlyBearer(call.Seen) ? call.BehaveAsync() : call.StatusAsync(401)
            )
        );

        var result = await server.ProbeAsync(Keys.Bearer);

        Assert.Equal(Expected.Live, Expected.Of(result));
        Assert.Contains(server.Requests, seen => seen.Method == "GET");
        Assert.Contains(server.Requests, seen => seen.Path.StartsWith("/messages", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(401, "Bearer error=\"invalid_token\", error_description=\"it is over\"", "invalid_token")]
    [InlineData(401, null, "HTTP 401")]
    [InlineData(403, null, "HTTP 403")]
    [InlineData(403, "Bearer error=\"insufficient_scope\", scope=\"tools:read\"", "tools:read")]
    public async Task A_refused_key_is_our_blindness(int status, string? challenge, string told)
    {
        await using var server = await FakeMcpServer.StartAsync(Refusing(status, challenge));

        var result = await server.ProbeAsync(Keys.Bearer);

        Assert.Equal(
            (ServerState.Unknown, Why.CredentialRejected, (int?)status),
            (result.Attempt.State, result.Attempt.Why, result.Attempt.HttpStatus)
        );
        Assert.Contains(told, result.Attempt.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wall_in_front_of_the_door_has_not_refused_the_key()
    {
        await using var server = await FakeMcpServer.StartAsync(
            Specimens.Healthy.On(
                "*",
                call =>
                {
                    call.Http.Response.Headers["cf-mitigated"] = "challenge";
                    return call.StatusAsync(403);
                }
            )
        );

        var result = await server.ProbeAsync(Keys.Bearer);

        Assert.Equal(Why.BotChallenge, result.Attempt.Why);
    }

    [Fact]
    public async Task A_key_refused_at_the_list_was_let_in_at_the_handshake()
    {
        await using var server = await FakeMcpServer.StartAsync(Specimens.AsksAtTheList);

        var result = await server.ProbeAsync(Keys.Bearer);

        Assert.Equal(Expected.Unknown(Why.CredentialRejected, ProbeStep.ToolsList), Expected.Of(result));
        Assert.Equal(VerifiedTo.Handshake, result.Attempt.VerifiedTo);
    }

    [Theory]
    [InlineData("Host")]
    [InlineData("Content-Length")]
    [InlineData("content-type")]
    [InlineData("Cookie")]
    [InlineData("Transfer-Encoding")]
    [InlineData("Connection")]
    [InlineData("Mcp-Session-Id")]
    [InlineData("MCP-Protocol-Version")]
    [InlineData("Proxy-Authorization")]
    [InlineData("X Key")]
    [InlineData("X-Key\r\nEvil: 1")]
    [InlineData("")]
    [InlineData(null)]
    public async Task A_header_that_would_break_the_wire_is_never_sent(string? name)
    {
        await NothingIsSentAsync(Keys.Header with { HeaderName = name });
    }

    [Theory]
    [InlineData("with\r\nEvil: 1")]
    [InlineData("with\0null")]
    [InlineData("schlüssel-ü")]
    [InlineData(" outside ")]
    [InlineData("")]
    public async Task A_key_that_no_header_can_carry_is_never_sent(string secret)
    {
        await NothingIsSentAsync(Keys.Header with { Secret = secret });
        await NothingIsSentAsync(Keys.Bearer with { Secret = secret });
    }

    [Fact]
    public async Task Basic_names_and_client_credentials_that_are_not_whole_are_never_sent()
    {
        await NothingIsSentAsync(Keys.Basic with { User = "a:b" });
        await NothingIsSentAsync(Keys.Basic with { User = null });
        await NothingIsSentAsync(Keys.Basic with { Secret = "line\nbreak" });
        await NothingIsSentAsync(Keys.Basic with { Kind = CredentialKind.ClientCredentials });
        await NothingIsSentAsync(Keys.Basic with { Kind = (CredentialKind)99 });
    }

    [Fact]
    public async Task Basic_passwords_may_be_in_any_script()
    {
        var value = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("alice:schlüssel"));
        await using var server = await FakeMcpServer.StartAsync(
            Specimens.Guarded(seen => seen.Header("Authorization") == value)
        );

        var result = await server.ProbeAsync(Keys.Basic with { Secret = "schlüssel" });

        Assert.Equal(ServerState.Live, result.Attempt.State);
    }

    private static async Task NothingIsSentAsync(ProbeCredential credential)
    {
        await using var server = await FakeMcpServer.StartAsync(Specimens.Healthy);

        var result = await server.ProbeAsync(credential, Keys.AtGate);

        Assert.Equal(Expected.Unknown(Why.CredentialRejected, ProbeStep.Gate), Expected.Of(result));
        Assert.StartsWith("expected", result.Attempt.Detail, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    private static ProbeCredential Of(CredentialKind kind) =>
        kind switch
        {
            CredentialKind.Header => Keys.Header,
            CredentialKind.Basic => Keys.Basic,
            _ => Keys.Bearer,
        };

    private static Specimen Refusing(int status, string? challenge) =>
        Specimens.Healthy.On(
            "*",
            call =>
            {
                if (challenge is not null)
                {
                    call.Http.Response.Headers.WWWAuthenticate = challenge;
                }

                return call.StatusAsync(status);
            }
        );
}
