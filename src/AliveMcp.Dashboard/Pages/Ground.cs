using AliveMcp.Tenancy.Permissions;
using AliveMcp.Tenancy.SignIn.People;
using AliveMcp.Tenancy.Tenants;
using AliveMcp.Vocabulary;

namespace AliveMcp.Dashboard.Pages;

/// <summary>What every page has.</summary>
public sealed record Ground
{
    /// <summary>The hidden field of this page's forms.</summary>
    public required string FormToken { get; init; }

    /// <summary>Who is signed in; null: nobody.</summary>
    public Person? Person { get; init; }

    /// <summary>The tenant that the page is about.</summary>
    public OwnTenant? Tenant { get; init; }

    /// <summary>What went wrong with the form that was sent.</summary>
    public IReadOnlyList<Problem> Problems { get; init; } = [];

    /// <summary>What was just done; null: nothing.</summary>
    public string? Notice { get; init; }

    /// <summary>How many incidents of the tenant are open; null: the reader may not know, or the page is about no tenant.</summary>
    public int? OpenIncidents { get; init; }

    /// <summary>Whether the reader's role in the tenant has this permission: what the page offers; the door asks again.</summary>
    public bool May(string permission) =>
        Tenant is { } tenant && PermissionTable.Of(permission).Roles.Contains(tenant.Role);

    /// <summary>A path within the tenant, for example <c>sinks/new</c>.</summary>
    public string At(string path) => $"/t/{Tenant!.Slug}/{path}";

    /// <summary>What is wrong with one field; null: nothing.</summary>
    public string? ProblemOf(string field) => Problems.FirstOrDefault(problem => problem.Field == field)?.Message;
}
