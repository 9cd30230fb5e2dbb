using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace AliveMcp.Storage.Audit;

/// <summary>What a tracked row says, by column: for <see cref="AuditEntry.Before"/> and <see cref="AuditEntry.After"/>. Not for rows with a person's data or a secret.</summary>
public static class RowState
{
    /// <summary>As it is now.</summary>
    public static Dictionary<string, object?> Now(EntityEntry row) => Of(row.CurrentValues);

    /// <summary>As it was read, or last saved.</summary>
    public static Dictionary<string, object?> Before(EntityEntry row) => Of(row.OriginalValues);

    private static Dictionary<string, object?> Of(PropertyValues values) =>
        values.Properties.ToDictionary(
            property => property.GetColumnName(),
            property => values[property],
            StringComparer.Ordinal
        );
}
