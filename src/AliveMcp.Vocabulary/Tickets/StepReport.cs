namespace AliveMcp.Vocabulary.Tickets;

/// <summary>Body of <c>POST /prober/v1/steps</c>: what a live look saw since the last one. The last of a look carries its verdict.</summary>
public sealed record StepReport
{
    /// <summary>Version of this record on the wire.</summary>
    public int V
    {
        get;
        init => field = value == 0 ? field : value;
    } = 1;

    /// <summary>Name of the prober.</summary>
    public required string Prober { get; init; }

    /// <summary>As the ticket named it.</summary>
    public required string Look { get; init; }

    public required ServerKey Server { get; init; }

    public required Region Region { get; init; }

    /// <summary>As the ticket carried it.</summary>
    public required string Signature { get; init; }

    /// <summary>At most <see cref="LookStep.Most"/>. One that was sent before changes nothing.</summary>
    public IReadOnlyList<LookStep> Steps
    {
        get;
        init => field = value ?? field;
    } = [];

    /// <summary>What the look said in the end; null while it goes on.</summary>
    public ProbeAttempt? Attempt { get; init; }

    public Observed? Observed { get; init; }
}
