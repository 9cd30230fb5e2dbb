using System.Collections.Concurrent;
using AliveMcp.Probing.Credentials;

namespace AliveMcp.Probing;

/// <summary>
/// The access tokens of a process, each fetched once and used by every probe until it ends. Thread-safe; kept in memory only.
/// A token is fetched by one probe at a time, renewed before it ends, and forgotten when a server refuses it.
/// </summary>
public sealed class AccessTokens(TimeProvider clock)
{
    private const int Most = 10_000;

    // RFC 6749, section 5.1, leaves the lifetime open; a refused token is replaced anyway.
    private static readonly TimeSpan UnstatedLifetime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestLifetime = TimeSpan.FromHours(24);
    private static readonly TimeSpan LongestHead = TimeSpan.FromMinutes(1);

    // A refused secret is not shown again at once by every probe that needs it.
    private static readonly TimeSpan RefusalRest = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<TokenKey, Shelf> _shelves = new();

    /// <summary>The token on the shelf, or a new one. While one caller fetches, the others wait for what it brings.</summary>
    /// <exception cref="OperationCanceledException">The caller's time was over before its turn came.</exception>
    /// <returns>What is held, and whether it was issued since this was called.</returns>
    internal async ValueTask<(HeldToken Held, bool IsFresh)> GetAsync(
        TokenKey key,
        Func<ClientAuth, ValueTask<TokenAnswer>> fetch,
        CancellationToken cancellationToken
    )
    {
        var asked = clock.GetTimestamp();
        var shelf = _shelves.GetOrAdd(key, static _ => new Shelf());
        var held = shelf.Held;
        if (IsGood(held))
        {
            // A token that still counts is used while one of us fetches the next.
            if (!IsAging(held!) || !await shelf.Turn.WaitAsync(TimeSpan.Zero, cancellationToken))
            {
                return (held!, false);
            }
        }
        else
        {
            await shelf.Turn.WaitAsync(cancellationToken);
        }

        try
        {
            held = await InTurnAsync(shelf, fetch);
            return (held, held.Came >= asked);
        }
        finally
        {
            shelf.Turn.Release();
            Tidy();
        }
    }

    /// <summary>Forgets a token that a server refused, unless a newer one has taken its place.</summary>
    internal void Drop(TokenKey key, string token)
    {
        if (_shelves.TryGetValue(key, out var shelf) && shelf.Held is { } held && held.Token == token)
        {
            Interlocked.CompareExchange(ref shelf.Held, null, held);
        }
    }

    private async ValueTask<HeldToken> InTurnAsync(Shelf shelf, Func<ClientAuth, ValueTask<TokenAnswer>> fetch)
    {
        var held = shelf.Held;
        var isGood = IsGood(held);
        if ((isGood && !IsAging(held!)) || (held is { Token: null } && clock.GetElapsedTime(held.Came) < RefusalRest))
        {
            return held!;
        }

        var asked = clock.GetTimestamp();
        var answer = await fetch(shelf.Auth);
        var came = clock.GetTimestamp();
        if (answer.Token is null)
        {
            var none = HeldToken.None(answer.Fault) with { Came = came };
            shelf.Held =
                isGood ? held
                : answer.IsRefusal ? none
                : null;
            return isGood ? held! : none;
        }

        shelf.Auth = answer.Auth;
        var lifetime = answer.Lifetime ?? UnstatedLifetime;
        return shelf.Held = new HeldToken(
            answer.Token,
            asked,
            came,
            lifetime < LongestLifetime ? lifetime : LongestLifetime,
            null
        );
    }

    private bool IsGood(HeldToken? held) => held?.Token is not null && Left(held) > TimeSpan.Zero;

    /// <summary>Near enough to its end that the next one is due: a fifth of its life, at most a minute.</summary>
    private bool IsAging(HeldToken held)
    {
        var fifth = held.Lifetime / 5;
        return Left(held) <= (fifth < LongestHead ? fifth : LongestHead);
    }

    private TimeSpan Left(HeldToken held) => held.Lifetime - clock.GetElapsedTime(held.Asked);

    // Servers that are no longer watched leave their shelf behind.
    private void Tidy()
    {
        if (_shelves.Count <= Most)
        {
            return;
        }

        foreach (var (key, shelf) in _shelves)
        {
            if (!IsGood(shelf.Held))
            {
                _shelves.TryRemove(key, out _);
            }
        }

        if (_shelves.Count > Most)
        {
            _shelves.Clear();
        }
    }

    private sealed class Shelf
    {
        public volatile HeldToken? Held;

        public SemaphoreSlim Turn { get; } = new(1);

        /// <summary>How the client named itself when it was last accepted.</summary>
        public ClientAuth Auth { get; set; }
    }
}
