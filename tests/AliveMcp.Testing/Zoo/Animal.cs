using System.Net;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Testing.Zoo;

/// <summary>One named misbehaviour (or one kind of health), what a probe has to say of it, and how long that may take.</summary>
public sealed record Animal
{
    /// <summary>Unique in the zoo.</summary>
    public required string Name { get; init; }

    /// <summary>Lets it out, on a socket of its own.</summary>
    public required Func<Task<Cage>> ReleaseAsync { get; init; }

    public ServerState State { get; init; } = ServerState.Live;

    public Why Why { get; init; }

    public ProbeStep? FailedAt { get; init; }

    /// <summary>The public word of the layer that failed; null when none did.</summary>
    public string? Layer => WhyWords.Layer(Why, FailedAt);

    /// <summary>It is silent somewhere, so that its probe waits out a limit.</summary>
    public bool Waits { get; init; }

    /// <summary>The longest that its probe may take, goodbye included.</summary>
    public TimeSpan Budget { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>What is ordered beside the URL.</summary>
    public Func<ProbeOrder, ProbeOrder> Order { get; init; } = static order => order;

    /// <summary>What the egress guard opens.</summary>
    public IReadOnlyList<string> Allow { get; init; } = ["127.0.0.0/8:*"];

    /// <summary>Turns names into addresses; null asks the operating system.</summary>
    public Func<string, CancellationToken, Task<IPAddress[]>>? Resolve { get; init; }

    public override string ToString() => Name;
}
