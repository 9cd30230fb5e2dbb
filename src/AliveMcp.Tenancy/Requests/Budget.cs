namespace AliveMcp.Tenancy.Requests;

/// <summary>A minute's worth of requests of somebody.</summary>
/// <param name="Policy">What it is called in headers: <c>address</c>, <c>caller</c> or <c>tenant</c>.</param>
/// <param name="Owner">Whose.</param>
/// <param name="Quota">How much there is.</param>
internal sealed record Budget(string Policy, string Owner, int Quota);

/// <summary>What is left of a budget after a request.</summary>
/// <param name="Budget">Which.</param>
/// <param name="Left">Below 0: there was not enough.</param>
/// <param name="Resets">Until it is whole again.</param>
internal sealed record BudgetLeft(Budget Budget, long Left, TimeSpan Resets);
