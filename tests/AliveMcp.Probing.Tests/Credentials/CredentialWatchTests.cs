using System.Buffers.Text;
using System.Globalization;
using System.Text;
using AliveMcp.Probing.Credentials;
using AliveMcp.Probing.Steps;
using AliveMcp.Testing.Wire;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Probing.Tests.Credentials;

public sealed class CredentialWatchTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(30 * 24, 73, false)]
    [InlineData(30 * 24, 71, true)]
    [InlineData(100, 21, false)]
    [InlineData(100, 19, true)]
    [InlineData(100, -1, true)]
    public void A_token_is_warned_of_in_its_last_fifth_and_never_more_than_three_days_before(
        int lifetimeHours,
        int leftHours,
        bool warns
    )
    {
        var ends = Now.AddHours(leftHours);
        var token = Token($$"""{"iat":{{Unix(ends.AddHours(-lifetimeHours))}},"exp":{{Unix(ends)}}}""");
        var log = new Logbook();

        var told = CredentialWatch.Watch(Keys.Bearer with { Secret = token }, Now, log);

        Assert.Equal(ends, told);
        Assert.Equal(warns, log.Warnings.Count == 1);
        Assert.Equal(warns, log.Findings is [{ Class: "credential", Code: "credential_expires" }]);
    }

    [Fact]
    public void A_key_in_a_header_may_be_a_token_with_its_scheme()
    {
        var ends = Now.AddHours(1);
        var secret = "Bearer " + Token($$"""{"nbf":{{Unix(ends.AddHours(-2))}},"exp":{{Unix(ends)}}}""");

        Assert.Equal(ends, CredentialWatch.Watch(Keys.Header with { Secret = secret }, Now, new Logbook()));
    }

    [Fact]
    public void The_owners_date_counts_when_it_is_the_earlier()
    {
        var ends = Now.AddDays(2);
        var token = Token($$"""{"exp":{{Unix(Now.AddDays(300))}}}""");
        var log = new Logbook();

        var told = CredentialWatch.Watch(Keys.Bearer with { Secret = token, Ends = ends }, Now, log);

        Assert.Equal(ends, told);
        Assert.Single(log.Warnings);
        Assert.Equal(
            Now.AddDays(300),
            CredentialWatch.Watch(Keys.Bearer with { Secret = token, Ends = Now.AddDays(400) }, Now, new Logbook())
        );
    }

    [Fact]
    public void What_is_renewed_by_itself_has_no_end_but_the_owners()
    {
        var secret = Token($$"""{"exp":{{Unix(Now)}}}""");
        var client = Keys.Bearer with { Kind = CredentialKind.ClientCredentials, Secret = secret };

        Assert.Null(CredentialWatch.Watch(client, Now, new Logbook()));
        Assert.Equal(Now, CredentialWatch.Watch(client with { Ends = Now }, Now, new Logbook()));
    }

    [Theory]
    [InlineData("""{"exp":"tomorrow"}""")]
    [InlineData("""{"exp":1e300}""")]
    [InlineData("""{"exp":-1}""")]
    [InlineData("""{"exp":12}""")]
    [InlineData("""{"exp":null}""")]
    [InlineData("""{"exp":{"exp":1900000000}}""")]
    [InlineData("""[1900000000]""")]
    [InlineData("""{"exp":1900000000""")]
    [InlineData("")]
    public void A_token_that_says_nothing_sensible_says_nothing(string payload)
    {
        Assert.Null(JwtTimes.Of(Token(payload)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a.b")]
    [InlineData("a.!!!.c")]
    [InlineData("a.b.c.d")]
    public void What_is_no_token_says_nothing(string text)
    {
        Assert.Null(JwtTimes.Of(text));
    }

    [Fact]
    public void Depth_and_length_are_bounded()
    {
        Assert.Null(JwtTimes.Of(Token("""{"exp":1900000000,"a":""" + new string('[', 40) + new string(']', 40) + "}")));
        Assert.Null(JwtTimes.Of(Token($$"""{"exp":1900000000,"a":"{{new string('x', 20_000)}}"}""")));
    }

    [Fact]
    public async Task The_end_and_its_warning_ride_along_with_the_result()
    {
        var ends = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 3600);
        var token = Token($$"""{"exp":{{Unix(ends)}}}""");
        await using var server = await FakeMcpServer.StartAsync(
            Specimens.Guarded(seen => seen.Header("Authorization") == $"Bearer {token}")
        );

        var result = await server.ProbeAsync(Keys.Bearer with { Secret = token });

        Assert.Equal(Expected.Live, Expected.Of(result));
        Assert.Equal(ends, result.Observed.CredentialEnds);
        Assert.Contains(
            result.Warnings,
            warning => warning.StartsWith("the credential ends", StringComparison.Ordinal)
        );
        Assert.Contains(result.Findings, found => found.Code == "credential_expires");
    }

    private static string Token(string payload) =>
        $"eyJhbGciOiJub25lIn0.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload))}.c2ln";

    private static string Unix(DateTimeOffset time) => time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
