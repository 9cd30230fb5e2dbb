using System.Collections;
using System.Reflection;
using System.Text;
using AliveMcp.Probing.Credentials;
using AliveMcp.Probing.Evidence;
using AliveMcp.Probing.Tests.Zoo;
using AliveMcp.Testing.Wire;
using AliveMcp.Testing.Zoo;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Probing.Tests.Credentials;

/// <summary>A secret is planted into every probe, and every text of its result is searched for it.</summary>
public sealed class PlantedSecretTests
{
    private static readonly string[] Forms =
    [
        Keys.Secret,
        Convert.ToBase64String(Encoding.UTF8.GetBytes(Keys.Secret)),
        Convert.ToBase64String(Encoding.UTF8.GetBytes($"alice:{Keys.Secret}")),
        Convert.ToBase64String(Encoding.UTF8.GetBytes($"Bearer {Keys.Secret}")),
        Keys.Secret.Replace("+", "\\u002B", StringComparison.Ordinal),
        FakeAuthorizationServer.Secret,
        "the-key-of-the-zoo",
    ];

    public static TheoryData<string, Reaction> Echoes =>
        new()
        {
            { "body of a refusal", call => call.BodyAsync(401, "text/plain", $"no such token: {Echo(call)}") },
            { "body of a failure", call => call.BodyAsync(500, "text/html", $"<h1>{Echo(call)}</h1>") },
            { "body that is no JSON-RPC", call => call.BodyAsync(200, "text/html", Echo(call)) },
            { "malformed JSON", call => call.BodyAsync(200, "application/json", $$"""{"a":"{{Echo(call)}}" """) },
            { "error message", call => call.ErrorAsync(-32603, $"cannot take {Echo(call)}") },
            { "error message of a refusal", call => call.ErrorAsync(-32001, $"Unauthorized: {Echo(call)}", 401) },
            {
                "challenge",
                call => WithHeaderAsync(call, "WWW-Authenticate", $"Bearer error_description=\"{Echo(call)}\"", 401)
            },
            {
                "scope",
                call =>
                    WithHeaderAsync(
                        call,
                        "WWW-Authenticate",
                        $"Bearer error=\"insufficient_scope\", scope=\"{Echo(call)}\"",
                        403
                    )
            },
            { "location", call => WithHeaderAsync(call, "Location", $"https://e.example/{Echo(call)}", 302) },
            { "header name", call => WithHeaderAsync(call, $"X-{Keys.Secret.Replace('/', '.')}", "1", 500) },
            { "version", call => InitializedAsync(call, Echo(call), "fake", "1") },
            { "server name", call => InitializedAsync(call, "2025-11-25", Echo(call), Echo(call)) },
            {
                "tool description",
                call =>
                    call.Seen.Rpc == "tools/list"
                        ? call.ResultAsync(
                            $$$"""{"tools":[{"name":"a","description":"{{{Echo(call)}}}","inputSchema":{"type":"object"}}]}"""
                        )
                        : call.BehaveAsync()
            },
            {
                "tool name, twice",
                call =>
                    call.Seen.Rpc == "tools/list"
                        ? call.ResultAsync($$$"""{"tools":[{"name":"{{{Echo(call)}}}"},{"name":"{{{Echo(call)}}}"}]}""")
                        : call.BehaveAsync()
            },
            {
                "redirect inside the origin",
                call =>
                    call.Seen.Path == "/mcp"
                        ? WithHeaderAsync(call, "Location", "/" + Keys.Secret.Replace('/', '.'), 307)
                        : call.BehaveAsync()
            },
        };

    [Theory]
    [MemberData(nameof(Echoes))]
    public async Task A_server_that_gives_the_secret_back_does_not_bring_it_into_the_result(
        string where,
        Reaction reaction
    )
    {
        await using var server = await FakeMcpServer.StartAsync(Specimens.Healthy.Named(where).On("*", reaction));

        foreach (var credential in new[] { Keys.Bearer, Keys.Header, Keys.Basic })
        {
            AssertClean(await server.ProbeAsync(credential));
        }
    }

    [Fact]
    public async Task No_animal_of_the_zoo_brings_the_secret_into_the_result()
    {
        await Parallel.ForEachAsync(
            WireZoo.All,
            new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (animal, cancellationToken) =>
            {
                var guest = animal with
                {
                    Order = order =>
                        animal.Order(order) with
                        {
                            Credential = animal.Order(order).Credential ?? Keys.Bearer,
                            LooksAtGate = true,
                        },
                };

                AssertClean(await Visit.ToAsync(guest, cancellationToken));
            }
        );
    }

    [Fact]
    public async Task A_short_password_is_not_shown_in_its_basic_form()
    {
        var shown = Convert.ToBase64String("alice:ab1"u8);
        await using var server = await FakeMcpServer.StartAsync(
            Specimens.Healthy.On("*", call => call.BodyAsync(500, "text/plain", $"got <{shown}>"))
        );

        var result = await server.ProbeAsync(Keys.Basic with { Secret = "ab1" });

        Assert.Contains("got <", result.Evidence?.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(shown, result.Evidence?.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_endpoint_that_quotes_the_basic_form_does_not_bring_it_into_the_result()
    {
        await using var issuer = await FakeAuthorizationServer.StartAsync();
        var shown = TokenRequest.BasicOf(Keys.Client(issuer));
        issuer.AnswersTokenRequests(call =>
            call.BodyAsync(400, "application/json", $$"""{"error":"bad","error_description":"<{{shown}}>"}""")
        );
        await using var server = await FakeMcpServer.StartAsync(Specimens.Healthy);

        var result = await server.ProbeAsync(Keys.Client(issuer));

        Assert.Equal(Why.TokenUnavailable, result.Attempt.Why);
        Assert.DoesNotContain(shown[..12], result.Attempt.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tools")]
    [InlineData("name")]
    [InlineData("inputSchema")]
    [InlineData("\":[{\"")]
    public async Task A_password_that_is_a_word_of_the_protocol_is_no_fault_of_ours(string secret)
    {
        await using var server = await FakeMcpServer.StartAsync(Specimens.Healthy);

        var result = await server.ProbeAsync(Keys.Bearer with { Secret = secret });

        Assert.Equal(ServerState.Live, result.Attempt.State);
    }

    [Fact]
    public async Task A_token_that_is_given_back_changes_no_contract()
    {
        await using var issuer = await FakeAuthorizationServer.StartAsync();
        await using var server = await FakeMcpServer.StartAsync(
            Specimens.Healthy.On(
                "tools/list",
                call =>
                    call.ResultAsync(
                        $$$"""{"tools":[{"name":"a","description":"for {{{call.Seen.Header("Authorization")}}}","inputSchema":{"type":"object"}}]}"""
                    )
            )
        );

        var first = await server.ProbeAsync(Keys.Client(issuer) with { Identity = "one" });
        var second = await server.ProbeAsync(Keys.Client(issuer) with { Identity = "two" });

        Assert.Equal(2, issuer.Tokens.Distinct().Count());
        Assert.Equal(first.Contract!.FullHash, second.Contract!.FullHash);
        Assert.Equal(first.Observed.FullHash, first.Contract.FullHash);
        Assert.All(
            issuer.Tokens,
            token =>
                Assert.DoesNotContain(
                    Texts(first).Concat(Texts(second)),
                    text => text.Contains(token, StringComparison.Ordinal)
                )
        );
    }

    [Fact]
    public async Task A_transcript_tells_of_the_token_request_and_of_no_secret()
    {
        await using var issuer = await FakeAuthorizationServer.StartAsync();
        await using var server = await FakeMcpServer.StartAsync(
            Specimens.Guarded(seen => issuer.Accepts(seen.Header("Authorization")))
        );
        var transcript = new Transcript();

        await Probes.Local.ProbeAsync(
            Keys.AtGate(Probes.Order(server.Url)) with
            {
                Credential = Keys.Client(issuer) with { Identity = "three" },
            },
            transcript,
            CancellationToken.None
        );

        var texts = Texts(transcript, []).ToList();
        Assert.Contains(transcript.Exchanges, exchange => exchange.Url.Contains("/token", StringComparison.Ordinal));
        Assert.All(
            [.. Forms, .. issuer.Tokens],
            secret => Assert.DoesNotContain(texts, text => text.Contains(secret, StringComparison.OrdinalIgnoreCase))
        );
    }

    [Fact]
    public void A_credential_and_an_order_print_no_secret()
    {
        var order = new ProbeOrder { Url = new Uri("https://mcp.example"), Credential = Keys.Basic };

        Assert.DoesNotContain(Keys.Secret, $"{order} {order.Credential}", StringComparison.Ordinal);
    }

    private static void AssertClean(ProbeResult result)
    {
        foreach (var text in Texts(result))
        {
            Assert.All(Forms, form => Assert.DoesNotContain(form, text, StringComparison.OrdinalIgnoreCase));
        }
    }

    /// <summary>Every text that can be reached from a result, its own printed form included.</summary>
    private static IEnumerable<string> Texts(ProbeResult result) => Texts(result, []).Append(result.ToString());

    private static IEnumerable<string> Texts(object? value, HashSet<object> seen)
    {
        switch (value)
        {
            case null or Enum or DateTimeOffset or TimeSpan or bool or int or long:
                return [];
            case string text:
                return [text];
            case ReadOnlyMemory<byte> bytes:
                return [Encoding.UTF8.GetString(bytes.Span)];
            case IEnumerable many:
                return many.Cast<object?>().SelectMany(one => Texts(one, seen)).ToList();
            default:
                return !seen.Add(value)
                    ? []
                    : value
                        .GetType()
                        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
                        .Where(property => property.GetIndexParameters().Length == 0)
                        .SelectMany(property => Texts(property.GetValue(value), seen))
                        .ToList();
        }
    }

    private static string Echo(FakeCall call)
    {
        var shown = call.Seen.Header("Authorization") ?? call.Seen.Header("X-API-Key") ?? "";
        var value = shown[(shown.IndexOf(' ', StringComparison.Ordinal) + 1)..];
        return $"{value} {Convert.ToBase64String(Encoding.UTF8.GetBytes(shown))} {value.Replace("+", "\\\\u002B", StringComparison.Ordinal)}";
    }

    private static Task InitializedAsync(FakeCall call, string version, string name, string number) =>
        call.Seen.Rpc == "initialize"
            ? call.ResultAsync(
                $$$"""{"protocolVersion":"{{{version}}}","capabilities":{"tools":{}},"serverInfo":{"name":"{{{name}}}","version":"{{{number}}}"}}"""
            )
            : call.BehaveAsync();

    private static Task WithHeaderAsync(FakeCall call, string name, string value, int status)
    {
        call.Http.Response.Headers[name] = value;
        return call.StatusAsync(status);
    }
}
