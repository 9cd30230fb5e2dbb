using AliveMcp.Alerting.Incidents;

namespace AliveMcp.Alerting.Messages;

/// <summary>The one place of what is said to people about each kind of alert, and in which tone.</summary>
internal static class MessageWords
{
    // What is wrong, and what is said once it is over. {0}: the server's name.
    private static readonly Dictionary<AlertKind, (string Open, string Over)> Phrases = new()
    {
        [AlertKind.Outage] = ("{0} is down", "{0} is up again"),
        [AlertKind.Degraded] = ("{0} is degraded", "{0} works as usual again"),
        [AlertKind.Regional] = ("{0} is down in some regions", "{0} is reached from everywhere again"),
        [AlertKind.Drift] = ("The contract of {0} changed", "The contract of {0} is settled"),
        [AlertKind.Finding] = ("Security finding on {0}", "Security finding on {0} is gone"),
        [AlertKind.Latency] = ("{0} is slower than usual", "{0} is as fast as usual again"),
        [AlertKind.ErrorRate] = ("First tries at {0} fail", "First tries at {0} succeed again"),
        [AlertKind.AccessChanged] = ("{0} asks to sign in now", "{0} lets strangers in again"),
        [AlertKind.DoorOpen] = ("{0} lets strangers in", "{0} is closed to strangers again"),
        [AlertKind.Blind] = ("We cannot see {0}", "We see {0} again"),
        [AlertKind.Blocked] = ("{0} keeps us out", "{0} lets us look again"),
        [AlertKind.Certificate] = ("The certificate of {0} ends soon", "The certificate of {0} was renewed"),
        [AlertKind.Credential] = ("The credential for {0} needs you", "The credential for {0} is well again"),
        [AlertKind.Burn] = ("{0} burns its error budget", "{0} no longer burns its error budget"),
        [AlertKind.NeverLive] = ("{0} was never seen live", "{0} is live"),
        [AlertKind.ProberUnwell] = ("A prober is unwell", "The prober is well again"),
        [AlertKind.TestCall] = ("The test call of {0} goes wrong", "The test call of {0} works again"),
        [AlertKind.Manual] = ("Incident on {0}", "The incident on {0} is over"),
    };

    private static readonly AlertKind[] Mild =
    [
        AlertKind.Drift,
        AlertKind.Latency,
        AlertKind.Certificate,
        AlertKind.Credential,
        AlertKind.NeverLive,
    ];

    /// <summary>Kind of the message by which a sink is proven: it tells of no server.</summary>
    public const string Proof = "proof";

    /// <summary>State of a server that is not looked at any more: its trouble is told no more, and nobody knows whether it is over.</summary>
    public const string Unwatched = "unwatched";

    /// <summary>For people, one line.</summary>
    /// <param name="message">Safe to show.</param>
    public static string Headline(AlertMessage message)
    {
        if (message.Kind == Proof)
        {
            return "AliveMCP is to send alerts here";
        }

        if (message.Type == AlertType.Test.Word())
        {
            return "Test message from AliveMCP";
        }

        if (message.Type == AlertType.Digest.Word())
        {
            return "Digest of what was held back";
        }

        var name = message.Server?.Name ?? "Several servers";
        if (!AlertWords.TryParse(message.Kind, out AlertKind kind))
        {
            return $"Alert about {name}";
        }

        if (IsUnwatched(message))
        {
            return $"{name} {IncidentWords.Unwatched}";
        }

        var (open, over) = Phrases[kind];
        // Not string.Format: a name may hold braces.
        return (IsOver(message) ? over : open).Replace("{0}", name, StringComparison.Ordinal);
    }

    /// <summary>What the link to <see cref="AlertMessage.StatusUrl"/> is called.</summary>
    public static string LinkOf(AlertMessage message)
    {
        if (message.Kind == Proof)
        {
            return "Yes, send alerts here";
        }

        return IsPlain(message) ? "Open AliveMCP" : "Status page";
    }

    /// <summary>Tells of no incident: a test, a proof, a digest.</summary>
    public static bool IsPlain(AlertMessage message) =>
        message.Type == AlertType.Test.Word() || message.Type == AlertType.Digest.Word();

    public static MessageTone ToneOf(AlertMessage message)
    {
        if (IsPlain(message) || IsUnwatched(message))
        {
            return MessageTone.Neutral;
        }

        if (IsOver(message))
        {
            return MessageTone.Good;
        }

        var isMild = AlertWords.TryParse(message.Kind, out AlertKind kind) && Mild.Contains(kind);
        return message.Severity switch
        {
            "P1" => MessageTone.Alarm,
            "P2" when !isMild => MessageTone.Alarm,
            "P4" => MessageTone.Neutral,
            _ => MessageTone.Warning,
        };
    }

    /// <summary>Colour of the tone, as the pages have it.</summary>
    public static string ColourOf(MessageTone tone) =>
        tone switch
        {
            MessageTone.Alarm => "#b42318",
            MessageTone.Warning => "#b54708",
            MessageTone.Good => "#067647",
            _ => "#475467",
        };

    /// <summary>A sign beside the colour: not everybody sees colours.</summary>
    public static string SignOf(MessageTone tone) =>
        tone switch
        {
            MessageTone.Alarm => "🔴",
            MessageTone.Warning => "🟠",
            MessageTone.Good => "🟢",
            _ => "⚪",
        };

    /// <summary>It ended because nobody looks any more.</summary>
    public static bool IsUnwatched(AlertMessage message) => IsOver(message) && message.State == Unwatched;

    public static bool IsOver(AlertMessage message) => message.Type == AlertType.Resolved.Word();
}
