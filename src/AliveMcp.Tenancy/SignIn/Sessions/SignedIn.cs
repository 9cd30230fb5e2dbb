using AliveMcp.Tenancy.SignIn.People;
using AliveMcp.Tenancy.Tenants;

namespace AliveMcp.Tenancy.SignIn.Sessions;

/// <summary>Who is signed in in this request, for pages; the same as the caller, with what pages show. Empty for strangers and keys.</summary>
public sealed class SignedIn
{
    /// <summary>Null: nobody, or somebody whose code is still awaited (<see cref="Waiting"/>).</summary>
    public OpenSession? Session { get; internal set; }

    /// <summary>A session that is good for giving the code and for nothing else.</summary>
    public OpenSession? Waiting { get; internal set; }

    /// <summary>Who it is.</summary>
    public Person? Person { get; internal set; }

    /// <summary>The tenant that the request is about; null when it names none, or none of hers.</summary>
    public OwnTenant? Tenant { get; internal set; }

    /// <summary>Every tenant of hers.</summary>
    public IReadOnlyList<OwnTenant> Tenants { get; internal set; } = [];

    /// <summary>The secret that this request's forms are bound to; null: the browser's.</summary>
    public string? FormSecret => (Session ?? Waiting)?.Token;
}
