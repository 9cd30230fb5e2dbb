using AliveMcp.Storage.Audit;
using AliveMcp.Tenancy.Permissions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Tenancy.AuditTrail;

/// <summary>The caller of a request as the audit trail names him.</summary>
public static class CallerActor
{
    /// <summary>Lets the request's <see cref="ActorScope"/> act as its <see cref="Caller"/>. For doors, once they recognised somebody.</summary>
    /// <param name="http">The request.</param>
    /// <param name="name">What the caller is called, where that is known.</param>
    /// <param name="email">By which address, where that is known.</param>
    public static void NoteActor(this HttpContext http, string? name = null, string? email = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        var caller = http.RequestServices.GetRequiredService<Caller>();
        http.RequestServices.GetRequiredService<ActorScope>()
            .Act(
                new Actor
                {
                    Layer = WordOf(caller.Layer),
                    Person = caller.Person,
                    Key = caller.ApiKey?.Value ?? caller.Operator?.Value,
                    Name = name,
                    Email = email,
                    Address = http.Connection.RemoteIpAddress?.ToString(),
                    UserAgent = http.Request.Headers.UserAgent.ToString(),
                }
            );
    }

    private static string WordOf(Layer layer) =>
        layer switch
        {
            Layer.Customer => "customer",
            Layer.TenantOperator => "tenant_operator",
            Layer.RootOperator => "root_operator",
            Layer.Auditor => "auditor",
            _ => "stranger",
        };
}
