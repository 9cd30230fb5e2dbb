using AliveMcp.Vocabulary;

namespace AliveMcp.Tenancy.SignIn.People;

/// <summary>Somebody who has an account.</summary>
/// <param name="PersonId">Her number.</param>
/// <param name="Name">What she calls herself, made safe to show; empty: nothing.</param>
/// <param name="Email">Her first address.</param>
public sealed record Person(PersonId PersonId, string Name, string Email)
{
    /// <summary>What to call her on a page.</summary>
    public string Shown => Name.Length > 0 ? Name : Email;
}
