using AliveMcp.Vocabulary;

namespace AliveMcp.Tenancy.SignIn.Sessions;

/// <summary>A session that is good now.</summary>
/// <param name="SessionId">Its number; no secret.</param>
/// <param name="Person">Whose it is.</param>
/// <param name="AwaitsCode">The second factor is still to come: it may do nothing else.</param>
/// <param name="Method">How it began: <c>link</c>, <c>owner_link</c>, <c>invitation</c>, or a provider's key.</param>
/// <param name="Token">The secret of its cookie.</param>
public sealed record OpenSession(long SessionId, PersonId Person, bool AwaitsCode, string Method, string Token)
{
    /// <summary>Never the token: it must not reach a log by accident.</summary>
    public override string ToString() => $"session {SessionId}";
}
