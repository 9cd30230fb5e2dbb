using AliveMcp.Vocabulary;

namespace AliveMcp.Probing.Judging;

/// <summary>All that one try saw, ready to be judged.</summary>
internal sealed record Sighting
{
    /// <summary>Where the way to the tool list ended; null when there was a handshake.</summary>
    public Stop? Stop { get; init; }

    /// <summary>A credential was shown, so being let in says nothing about strangers.</summary>
    public bool HasCredential { get; init; }

    /// <summary>What a stranger was told; null when nobody looked.</summary>
    public GateSighting? Gate { get; init; }

    /// <summary>How the door stands to strangers when a conversation was had.</summary>
    public Access Access => HasCredential && Gate?.Access != Access.Open ? Access.Protected : Access.Open;

    /// <summary>The server declares tools.</summary>
    public bool OffersTools { get; init; }

    /// <summary>What was seen of the list; null when none was asked for.</summary>
    public ListSighting? List { get; init; }

    /// <summary>Where the other era, which used to answer, stopped; null when it answers, or was not expected to.</summary>
    public Stop? OtherLegBroken { get; init; }

    /// <summary>Handshake and list together, without asking in the wrong era.</summary>
    public TimeSpan Pace { get; init; }

    /// <summary>What the test calls came to, in their order.</summary>
    public IReadOnlyList<CallSighting> Calls { get; init; } = [];

    /// <summary>What is wrong at the owner's health URL; null when nothing is, or it was not looked at.</summary>
    public HealthFault? Health { get; init; }
}
