using AliveMcp.Probing.Credentials;
using AliveMcp.Testing.Time;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Probing.Tests.Credentials;

public sealed class AccessTokensTests
{
    private static readonly Uri Url = new("https://mcp.example/mcp");

    private static readonly ProbeCredential Client = new()
    {
        Kind = CredentialKind.ClientCredentials,
        Identity = "cred-2",
        User = "client",
        Secret = "secret",
        TokenEndpoint = new Uri("https://as.example/token"),
    };

    private readonly TestClock _clock = new(DateTimeOffset.UnixEpoch);
    private readonly AccessTokens _tokens;
    private TimeSpan? _lifetime = TimeSpan.FromHours(1);
    private string? _fault;
    private int _fetched;

    public AccessTokensTests() => _tokens = new AccessTokens(_clock);

    [Fact]
    public async Task A_token_is_held_until_it_is_about_to_end()
    {
        var (first, fresh) = await GetAsync();
        _clock.Advance(TimeSpan.FromMinutes(58));
        var (second, cached) = await GetAsync();
        _clock.Advance(TimeSpan.FromMinutes(1.5));
        var (third, renewed) = await GetAsync();

        Assert.Equal(("token-1", "token-1", "token-2"), (first.Token, second.Token, third.Token));
        Assert.Equal((true, false, true), (fresh, cached, renewed));
    }

    [Theory]
    [InlineData(10, 7, 1)]
    [InlineData(10, 9, 2)]
    [InlineData(0, 0, 2)]
    public async Task A_short_life_is_renewed_in_its_last_fifth(int lifetime, int after, int fetched)
    {
        _lifetime = TimeSpan.FromSeconds(lifetime);

        await GetAsync();
        _clock.Advance(TimeSpan.FromSeconds(after));
        await GetAsync();

        Assert.Equal(fetched, _fetched);
    }

    [Fact]
    public async Task A_life_that_is_not_stated_is_five_minutes_and_no_life_is_longer_than_a_day()
    {
        _lifetime = null;
        await GetAsync();
        _clock.Advance(TimeSpan.FromMinutes(4.1));
        await GetAsync();
        Assert.Equal(2, _fetched);

        _lifetime = TimeSpan.MaxValue;
        _clock.Advance(TimeSpan.FromMinutes(5));
        await GetAsync();
        _clock.Advance(TimeSpan.FromDays(1));
        await GetAsync();
        Assert.Equal(4, _fetched);
    }

    [Fact]
    public async Task A_token_that_still_counts_is_used_when_the_next_cannot_be_had()
    {
        await GetAsync();
        _clock.Advance(TimeSpan.FromMinutes(59.5));
        _fault = "out of order";

        var (held, _) = await GetAsync();

        Assert.Equal(("token-1", 2), (held.Token, _fetched));
    }

    [Fact]
    public async Task A_refusal_is_remembered_for_half_a_minute()
    {
        _fault = "who are you";
        await GetAsync();
        _clock.Advance(TimeSpan.FromSeconds(29));
        var (held, _) = await GetAsync();
        Assert.Equal(((string?)null, "who are you", 1), (held.Token, held.Fault, _fetched));

        _clock.Advance(TimeSpan.FromSeconds(2));
        _fault = null;
        (held, _) = await GetAsync();
        Assert.Equal("token-2", held.Token);
    }

    [Fact]
    public async Task A_dropped_token_is_fetched_anew_unless_somebody_did_so_already()
    {
        await GetAsync();
        _tokens.Drop(TokenKey.Of(Client, Url), "token-1");
        await GetAsync();
        _tokens.Drop(TokenKey.Of(Client, Url), "token-1");
        var (held, _) = await GetAsync();

        Assert.Equal(("token-2", 2), (held.Token, _fetched));
    }

    [Fact]
    public async Task Many_callers_cause_one_fetch()
    {
        var gate = new TaskCompletionSource();
        var callers = Enumerable
            .Range(0, 32)
            .Select(_ =>
                _tokens
                    .GetAsync(
                        TokenKey.Of(Client, Url),
                        async _ =>
                        {
                            await gate.Task;
                            return Fetch();
                        },
                        CancellationToken.None
                    )
                    .AsTask()
            )
            .ToList();
        gate.SetResult();

        var held = await Task.WhenAll(callers);

        Assert.All(held, caller => Assert.Equal("token-1", caller.Held.Token));
        Assert.Equal(1, _fetched);
    }

    [Fact]
    public async Task Who_waits_for_a_fetch_that_fails_to_end_may_leave()
    {
        var never = new TaskCompletionSource<TokenAnswer>();
        _ = _tokens.GetAsync(TokenKey.Of(Client, Url), _ => new(never.Task), CancellationToken.None).AsTask();
        using var left = new CancellationTokenSource();
        var waiting = GetAsync(left.Token);

        await left.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await waiting);
        never.SetResult(Fetch());
        Assert.Equal("token-1", (await GetAsync()).Held.Token);
    }

    public static TheoryData<ProbeCredential, string> Others =>
        new()
        {
            { Client with { Identity = "cred-3" }, "https://mcp.example/mcp" },
            { Client with { User = "another" }, "https://mcp.example/mcp" },
            { Client with { Secret = "another" }, "https://mcp.example/mcp" },
            { Client with { Scope = "more" }, "https://mcp.example/mcp" },
            { Client with { TokenEndpoint = new Uri("https://as.example/other") }, "https://mcp.example/mcp" },
            { Client, "https://mcp.example/other" },
            { Client, "https://other.example/mcp" },
        };

    [Theory]
    [MemberData(nameof(Others))]
    public async Task Nobody_gets_a_token_that_was_fetched_for_something_else(ProbeCredential other, string url)
    {
        await GetAsync();

        await _tokens.GetAsync(TokenKey.Of(other, new Uri(url)), _ => new(Fetch()), CancellationToken.None);

        Assert.Equal(2, _fetched);
    }

    private Task<(HeldToken Held, bool IsFresh)> GetAsync(CancellationToken cancellationToken = default) =>
        _tokens.GetAsync(TokenKey.Of(Client, Url), _ => new(Fetch()), cancellationToken).AsTask();

    private TokenAnswer Fetch()
    {
        var number = Interlocked.Increment(ref _fetched);
        return _fault is null
            ? new TokenAnswer { Token = $"token-{number}", Lifetime = _lifetime }
            : new TokenAnswer { Fault = _fault, IsRefusal = true };
    }
}
