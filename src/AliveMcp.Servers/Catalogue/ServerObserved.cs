using AliveMcp.Vocabulary;

namespace AliveMcp.Servers.Catalogue;

/// <summary>Record of <see cref="ServerTopics.Observed"/>: something that probes found out about a server is another than before.</summary>
/// <param name="Kind">The event's kind on the timeline, for example <c>era_changed</c>.</param>
/// <param name="From">As it was, in public words.</param>
/// <param name="To">As it is.</param>
public sealed record ServerObserved(int ServerId, string Kind, string From, string To, DateTimeOffset At)
{
    /// <summary>The server is talked to in another protocol era than before.</summary>
    public static ServerObserved EraChanged(ServerId server, Era from, Era to, DateTimeOffset at) =>
        new(server.Value, ServerEvent.EraChanged, AccessWords.Word(from), AccessWords.Word(to), at);
}
