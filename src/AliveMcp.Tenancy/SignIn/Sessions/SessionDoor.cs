using AliveMcp.Storage.Audit;
using AliveMcp.Tenancy.Permissions;
using AliveMcp.Tenancy.SignIn.People;
using AliveMcp.Tenancy.Tenants;

namespace AliveMcp.Tenancy.SignIn.Sessions;

/// <summary>Lets a request act for the person whose session it brings, in the tenant that it names.</summary>
internal sealed class SessionDoor(
    SignedIn signedIn,
    Caller caller,
    ActorScope actor,
    PersonDesk people,
    TenantDesk tenants
)
{
    /// <returns>False when there is nobody behind the session any more.</returns>
    /// <param name="session">Recognised, and not awaiting its code.</param>
    /// <param name="slug">The tenant that the request names; null: none, then her only one if she has one alone.</param>
    /// <param name="visitor">Where the request comes from.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<bool> EnterAsync(
        OpenSession session,
        string? slug,
        Visitor visitor,
        CancellationToken cancellationToken
    )
    {
        if (await people.OfAsync(session.Person, cancellationToken) is not { } person)
        {
            return false;
        }

        var own = await tenants.OfAsync(session.Person, cancellationToken);
        var tenant = slug is null
            ? (own.Count == 1 ? own[0] : null)
            : own.FirstOrDefault(one => string.Equals(one.Slug, slug, StringComparison.Ordinal));
        caller.BecomePerson(session.Person, tenant?.Tenant, tenant?.Role);
        actor.Act(
            new Actor
            {
                Layer = PermissionWords.Word(Layer.Customer),
                Person = session.Person,
                Name = person.Name,
                Email = person.Email,
                Address = visitor.Address,
                UserAgent = visitor.Agent,
            }
        );
        (signedIn.Session, signedIn.Person, signedIn.Tenant, signedIn.Tenants) = (session, person, tenant, own);
        return true;
    }
}
