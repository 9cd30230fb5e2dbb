using AliveMcp.Vocabulary;

namespace AliveMcp.Tenancy.SignIn;

/// <summary>Somebody who has just proven who she is.</summary>
/// <param name="Person">Who.</param>
/// <param name="NextPath">Where she wanted to go: a path of ours.</param>
public sealed record EnteredPerson(PersonId Person, string NextPath);
