using System.Text.Json;

namespace AliveMcp.Alerting.Sinks;

/// <summary>How somebody shows that messages are wanted at a sink of one kind.</summary>
internal interface ISinkProof
{
    SinkKind Kind { get; }

    /// <summary>How long a proof may be given.</summary>
    TimeSpan Life { get; }

    /// <summary>What the owner is told to do; null: a code is sent there and typed back.</summary>
    DomainProof? DomainOf(JsonElement settings, string token) => null;

    /// <summary>Sends the code there, or asks the place to say it back.</summary>
    /// <param name="sink">With its secret.</param>
    /// <param name="code">Good for one sink, for a while.</param>
    /// <param name="cancellationToken">Ours alone.</param>
    Task<ProofSent> SendAsync(SinkAtHand sink, string code, CancellationToken cancellationToken);

    /// <summary>Whether what was published for the owner's token is there; false for kinds whose code is typed back.</summary>
    /// <param name="settings">Of the sink.</param>
    /// <param name="isToken">Whether a text is the token.</param>
    /// <param name="cancellationToken">Ours alone.</param>
    Task<bool> IsPublishedAsync(
        JsonElement settings,
        Func<string, bool> isToken,
        CancellationToken cancellationToken
    ) => Task.FromResult(false);

    /// <summary>Whether the place still stands, without a message to anybody.</summary>
    Task<ProofStanding> LookAsync(SinkAtHand sink, CancellationToken cancellationToken);
}

/// <summary>What came of sending a proof.</summary>
/// <param name="Answer">Of the place.</param>
/// <param name="IsProven">The place said the code back itself: nobody has to type it.</param>
internal sealed record ProofSent(SinkAnswer Answer, bool IsProven = false);

/// <summary>What an owner publishes to show that a host is hers: one of the two.</summary>
internal sealed record DomainProof(string DnsName, string DnsValue, string FileUrl, string FileBody);

/// <summary>How a proven sink stands when nobody is watching.</summary>
internal enum ProofStanding
{
    Holds,

    /// <summary>What it rests on is not there now.</summary>
    Fails,

    /// <summary>The place says that it is gone for good.</summary>
    Gone,

    /// <summary>We could not look, or there is nothing that can be looked at.</summary>
    Unknown,
}
