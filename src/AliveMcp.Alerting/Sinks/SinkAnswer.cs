namespace AliveMcp.Alerting.Sinks;

/// <summary>What came of sending once.</summary>
/// <param name="Outcome">What to do next.</param>
/// <param name="Status">HTTP or SMTP status; null: no answer.</param>
/// <param name="Detail">One line for the delivery log, our own words and escaped data, at most 300 characters.</param>
internal sealed record SinkAnswer(SinkOutcome Outcome, int? Status, string Detail)
{
    /// <summary>Its secret cannot be opened now: a key is missing here, which is nobody's fault out there.</summary>
    public static SinkAnswer Shut { get; } =
        new(
            SinkOutcome.Later,
            Status: null,
            "Its secret cannot be opened now: the key file of this install is missing or another one."
        );

    /// <summary>The other side's own name for what it took, for its support.</summary>
    public string? RequestId { get; init; }

    /// <summary>How long it asks us to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The trouble is this install's own, or its mail server's: it says nothing of the place.</summary>
    public bool IsOurs { get; init; }

    /// <summary>It may have been taken though nobody said so: the line broke, or the answer came too late.</summary>
    public bool MayHaveLeft { get; init; }

    /// <summary>What is needed to edit or answer this message later; null: as before.</summary>
    public string? Thread { get; init; }
}

/// <summary>What to do after a message was sent once.</summary>
internal enum SinkOutcome
{
    /// <summary>It was taken.</summary>
    Delivered,

    /// <summary>Not now: try again.</summary>
    Later,

    /// <summary>This message will never be taken: do not try it again.</summary>
    Refused,

    /// <summary>Nothing will be taken there any more: 410, or 404 for a day. The sink is switched off and its owner told.</summary>
    Gone,
}
