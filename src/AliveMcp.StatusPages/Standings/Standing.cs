using System.Collections.Concurrent;
using AliveMcp.Archive.Status;
using AliveMcp.Servers.Catalogue;
using AliveMcp.StatusPages.Answers;
using AliveMcp.Vocabulary;

namespace AliveMcp.StatusPages.Standings;

/// <summary>
/// What can be said of one public server now, and the answers already made of it. Page, badge and embed all speak from the same standing;
/// a change of status or listing makes a new one, and with it the old answers go.
/// </summary>
internal sealed class Standing(ListedServer listing, ServerStatus status)
{
    /// <summary>Variants of a badge and names we are called by: strangers choose them, so only so many are kept at once.</summary>
    private const int MostAnswers = 32;

    /// <summary>Those among them that are named by what askers call us: whole pages, so fewer.</summary>
    private const int MostNamed = 6;

    private readonly ConcurrentDictionary<AnswerName, Answer> _answers = new();

    public ListedServer Listing { get; } = listing;

    public ServerStatus Status { get; } = status;

    /// <summary>When the status was last refreshed, if that is so long ago that it is no longer believed; else null.</summary>
    public DateTimeOffset? StaleSince { get; private init; }

    /// <summary>When the archive last told the figures, while it cannot be read; null when it can.</summary>
    public DateTimeOffset? FiguresAt { get; init; }

    /// <summary>What was verified last, of a standing that is no longer believed.</summary>
    public ServerStatus? LastVerified { get; private init; }

    /// <summary>The same server when its status could not be refreshed for too long.</summary>
    public Standing Stale(DateTimeOffset refreshedAt) =>
        new(Listing, Disbelieved(Status))
        {
            StaleSince = refreshedAt,
            FiguresAt = FiguresAt ?? refreshedAt,
            LastVerified = Status.State == ServerState.Unknown ? null : Status,
        };

    /// <summary>A status too old to be believed: whatever it was, we do not know it now. History keeps.</summary>
    public static ServerStatus Disbelieved(ServerStatus status) =>
        status with
        {
            State = ServerState.Unknown,
            Why = Why.None,
            FailedAt = null,
            Regional = false,
            Blip = false,
            Held = false,
            NotVerifiedSince = status.Minute ?? status.NotVerifiedSince,
            Since = null,
            Regions = [],
        };

    /// <summary>Nothing that a reader could see differs.</summary>
    public bool SaysTheSame(Standing other) =>
        Status.Version == other.Status.Version
        && Status.State == other.Status.State
        && Status.Held == other.Status.Held
        && Status.NotVerifiedSince == other.Status.NotVerifiedSince
        && StaleSince == other.StaleSince
        && FiguresAt == other.FiguresAt
        && IsOf(other.Listing);

    /// <summary>The listing says what it said.</summary>
    public bool IsOf(ListedServer listing) =>
        Listing.Key == listing.Key
        && Listing.Name == listing.Name
        && Listing.DisplayUrl == listing.DisplayUrl
        && Listing.Paused == listing.Paused
        && Listing.Declined == listing.Declined
        && Listing.Tags.SequenceEqual(listing.Tags, StringComparer.Ordinal);

    public bool TryGet(AnswerName name, out Answer answer) => _answers.TryGetValue(name, out answer!);

    public Answer Keep(AnswerName name, Answer answer)
    {
        if (_answers.Count >= MostAnswers)
        {
            _answers.Clear();
        }

        if (name.Host.Length > 0)
        {
            MakeRoom();
        }

        _answers[name] = answer;
        return answer;
    }

    private void MakeRoom()
    {
        var named = _answers.Keys.Where(name => name.Host.Length > 0).ToList();
        if (named.Count < MostNamed)
        {
            return;
        }

        foreach (var name in named)
        {
            _answers.TryRemove(name, out _);
        }
    }
}
