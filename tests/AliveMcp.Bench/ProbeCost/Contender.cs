namespace AliveMcp.Bench.ProbeCost;

/// <summary>One way of looking at the target, measured inside this process.</summary>
/// <param name="Name">What it is, for the table.</param>
/// <param name="LookAsync">One look, on fresh connections; throws when the target did not answer as it should.</param>
internal sealed record Contender(string Name, Func<Task> LookAsync);
