using Microsoft.EntityFrameworkCore;

namespace AliveMcp.Testing.Storage;

/// <summary>Holds a room's model against the tables that the migrations made.</summary>
public static class MappedColumns
{
    /// <summary>Selects every mapped column of every table; throws at the first that is not there.</summary>
    public static async Task SelectAllAsync(DbContext context)
    {
        foreach (var entity in context.Model.GetEntityTypes())
        {
            var columns = entity.GetProperties().Select(property => $"\"{property.GetColumnName()}\"");
            var sql =
                $"SELECT {string.Join(", ", columns)} FROM \"{entity.GetSchema()}\".\"{entity.GetTableName()}\" LIMIT 0";
            await context.Database.ExecuteSqlRawAsync(sql);
        }
    }
}
