using Microsoft.EntityFrameworkCore;

namespace AliveMcp.Alerting.Deliveries;

/// <summary>Somebody takes care of an incident: the ladder stops, and who was told hears it.</summary>
internal static class Acknowledgement
{
    /// <summary>
    /// Acknowledges an incident of the scope's tenant, in the caller's transaction (<c>BeginAsync</c>), who writes the audit row. Every
    /// step of the ladder that no runner has in its hands is dropped, and an update goes to all who were told.
    /// </summary>
    /// <param name="db">With a transaction.</param>
    /// <param name="incident">Number.</param>
    /// <param name="who">For people; at most 200 characters.</param>
    /// <param name="at">When.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False: the tenant has no such incident, or it is over or acknowledged already.</returns>
    public static Task<bool> AcknowledgeAsync(
        AlertingDb db,
        long incident,
        string who,
        DateTimeOffset at,
        CancellationToken cancellationToken
    ) =>
        db
            .Database.SqlQuery<bool>($"SELECT alerting.acknowledge({incident}, {who}, {at}) AS \"Value\"")
            .SingleAsync(cancellationToken);
}
