using Microsoft.EntityFrameworkCore;

namespace AliveMcp.Alerting.Deliveries;

/// <summary>Somebody takes care of an incident: the ladder stops, and who was told hears it.</summary>
internal static class Acknowledgement
{
    /// <summary>
    /// In the transaction that acknowledges an incident of the scope's tenant: every step of the ladder that no runner has in its hands is
    /// dropped, and an update goes to all who were told. Doing it again changes nothing.
    /// </summary>
    /// <param name="db">With a transaction.</param>
    /// <param name="incident">Number.</param>
    /// <param name="who">For people; at most 200 characters.</param>
    /// <param name="at">When.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static Task TellAsync(
        AlertingDb db,
        long incident,
        string who,
        DateTimeOffset at,
        CancellationToken cancellationToken
    ) => db.Database.ExecuteSqlAsync($"SELECT alerting.tell_acknowledged({incident}, {who}, {at})", cancellationToken);
}
