using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace AliveMcp.Testing.Wire;

/// <summary>An authorization server on a real socket: metadata and client credentials, well-behaved until told otherwise.</summary>
public sealed class FakeAuthorizationServer : IAsyncDisposable
{
    public const string Client = "the client";
    public const string Secret = "the client's secret: 100% +/&=";

    private readonly ConcurrentDictionary<string, Reaction> _places = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _tokens = new();
    private readonly string _path;
    private FakeMcpServer _server = null!;
    private Action<JsonObject> _changes = _ => { };
    private Func<IReadOnlyDictionary<string, string>, string?> _refusal = _ => null;
    private Reaction? _atToken;
    private string _expiresIn = "3600";
    private int _issued;

    private FakeAuthorizationServer(string path) => _path = path;

    /// <summary>Its name, as it spells it itself.</summary>
    public string Issuer => _server.Url.GetLeftPart(UriPartial.Authority) + _path;

    public Uri TokenEndpoint => new(_server.Url, "/token");

    /// <summary>Tokens that count, newest last.</summary>
    public IReadOnlyList<string> Tokens => [.. _tokens];

    public IReadOnlyList<SeenRequest> Requests => _server.Requests;

    public int TokenRequests => Requests.Count(seen => seen.Path == "/token");

    /// <summary>Starts one that publishes its metadata at the first of the well-known places.</summary>
    /// <param name="path">Path of the issuer; empty by default.</param>
    public static async Task<FakeAuthorizationServer> StartAsync(string path = "")
    {
        var server = new FakeAuthorizationServer(path);
        server._server = await FakeMcpServer.StartAsync(
            new Specimen { Name = "authorization server", Path = "/token" }.On("*", server.AnswerAsync)
        );
        return server.PublishesAt("/.well-known/oauth-authorization-server" + path);
    }

    /// <summary>One without a socket of its own: it lives at <c>/token</c> of a server that passes its requests on to <see cref="AnswerAsync"/>.</summary>
    public static FakeAuthorizationServer Lodger() => new("");

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    public FakeAuthorizationServer PublishesAt(string place)
    {
        _places.Clear();
        _places[place] = call => call.BodyAsync(200, "application/json", Metadata().ToJsonString());
        return this;
    }

    public FakeAuthorizationServer PublishesNothing() => Changed(() => _places.Clear());

    /// <summary>Answers so at every place of its metadata.</summary>
    public FakeAuthorizationServer PublishesInstead(Reaction reaction)
    {
        foreach (var place in _places.Keys)
        {
            _places[place] = reaction;
        }

        return this;
    }

    public FakeAuthorizationServer Says(string member, string? value) =>
        Changed(() =>
            _changes += metadata =>
            {
                metadata.Remove(member);
                if (value is not null)
                {
                    metadata[member] = value;
                }
            }
        );

    /// <param name="expiresIn">Raw JSON of <c>expires_in</c>.</param>
    public FakeAuthorizationServer IssuesFor(string expiresIn) => Changed(() => _expiresIn = expiresIn);

    public FakeAuthorizationServer TakesSecretsInTheBodyOnly() =>
        Changed(() => _refusal = form => form.ContainsKey("client_secret") ? null : "invalid_client");

    public FakeAuthorizationServer KnowsNoResource() =>
        Changed(() => _refusal = form => form.ContainsKey("resource") ? "invalid_target" : null);

    public FakeAuthorizationServer RefusesEverybody() => Changed(() => _refusal = _ => "invalid_client");

    public FakeAuthorizationServer AnswersTokenRequests(Reaction reaction) => Changed(() => _atToken = reaction);

    /// <summary>From now on no token that was issued before counts.</summary>
    public void RevokesAll() => _tokens.Clear();

    public bool Accepts(string? authorization) =>
        authorization?.StartsWith("Bearer ", StringComparison.Ordinal) == true && _tokens.Contains(authorization[7..]);

    /// <summary>The form of a token request.</summary>
    public static IReadOnlyDictionary<string, string> Form(SeenRequest seen) =>
        seen
            .Body.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .ToDictionary(pair => WebUtility.UrlDecode(pair[0]), pair => WebUtility.UrlDecode(pair[1]));

    public Task AnswerAsync(FakeCall call) =>
        call.Seen.Path == "/token" ? TokenAsync(call)
        : _places.TryGetValue(call.Seen.Path, out var place) ? place(call)
        : call.StatusAsync(404);

    private Task TokenAsync(FakeCall call)
    {
        if (_atToken is not null)
        {
            return _atToken(call);
        }

        var form = Form(call.Seen);
        var error = _refusal(form) ?? (Knows(call.Seen, form) ? null : "invalid_client");
        if (error is not null)
        {
            var status = error == "invalid_client" ? 401 : 400;
            return call.BodyAsync(status, "application/json", $$"""{"error":"{{error}}"}""");
        }

        var number = Interlocked.Increment(ref _issued).ToString(CultureInfo.InvariantCulture);
        var token = $"issued-{Convert.ToHexString(Guid.NewGuid().ToByteArray())}-{number}";
        _tokens.Enqueue(token);
        return call.BodyAsync(
            200,
            "application/json",
            $$"""{"access_token":"{{token}}","token_type":"Bearer","expires_in":{{_expiresIn}}}"""
        );
    }

    private static bool Knows(SeenRequest seen, IReadOnlyDictionary<string, string> form)
    {
        if (form.GetValueOrDefault("grant_type") != "client_credentials")
        {
            return false;
        }

        var pair = $"{WebUtility.UrlEncode(Client)}:{WebUtility.UrlEncode(Secret)}";
        return seen.Header("Authorization") == $"Basic {Convert.ToBase64String(Encoding.ASCII.GetBytes(pair))}"
            || (form.GetValueOrDefault("client_id") == Client && form.GetValueOrDefault("client_secret") == Secret);
    }

    private JsonObject Metadata()
    {
        var metadata = new JsonObject
        {
            ["issuer"] = Issuer,
            ["token_endpoint"] = TokenEndpoint.AbsoluteUri,
            ["authorization_endpoint"] = Issuer + "/authorize",
            ["grant_types_supported"] = new JsonArray("client_credentials"),
        };
        _changes(metadata);
        return metadata;
    }

    private FakeAuthorizationServer Changed(Action change)
    {
        change();
        return this;
    }
}
