using System.Globalization;
using System.Runtime.CompilerServices;
using Npgsql;

namespace AliveMcp.Storage.Export;

/// <summary>One kind of thing that a tenant takes along. Each room registers its own; the order of registration is the order of the export.</summary>
public sealed record ExportSurface
{
    /// <summary>For example <c>servers</c>: the name of its file, and of the kind in a line.</summary>
    public required string Name { get; init; }

    /// <summary>It is cut by UTC months; what is not, is given whole.</summary>
    public required bool IsMonthly { get; init; }

    /// <summary>Names of a row's values.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>Reads the rows one after the other: text, whole and decimal numbers, true and false, instants, lists of text, <see cref="RawJson"/>, or null.</summary>
    public required Func<ExportAsk, CancellationToken, IAsyncEnumerable<IReadOnlyList<object?>>> Rows { get; init; }

    /// <summary>A surface that one statement reads. <c>@from</c>, <c>@fine</c> and <c>@to</c> are those of <see cref="ExportAsk"/>.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="isMonthly">It is cut by months.</param>
    /// <param name="columns">Names of the statement's columns, in their order.</param>
    /// <param name="sql">Reads in the session's name: no tenant is named in it.</param>
    /// <param name="spell">Turns a column's value into what is written; null leaves it as it is.</param>
    public static ExportSurface Of(
        string name,
        bool isMonthly,
        IReadOnlyList<string> columns,
        string sql,
        Func<string, object, object?>? spell = null
    ) =>
        new()
        {
            Name = name,
            IsMonthly = isMonthly,
            Columns = columns,
            Rows = (ask, cancellationToken) => ReadAsync(ask, columns, sql, spell, cancellationToken),
        };

    private static async IAsyncEnumerable<IReadOnlyList<object?>> ReadAsync(
        ExportAsk ask,
        IReadOnlyList<string> columns,
        string sql,
        Func<string, object, object?>? spell,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await using var command = ask.Session.Connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        command.Parameters.Add(new() { ParameterName = "from", Value = ask.FromMinute });
        command.Parameters.Add(new() { ParameterName = "fine", Value = ask.FineMinute });
        command.Parameters.Add(new() { ParameterName = "to", Value = ask.ToMinute });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var row = new object?[columns.Count];
            for (var i = 0; i < row.Length; i++)
            {
                row[i] =
                    Value(reader, i) is { } value && spell is not null ? spell(columns[i], value) : Value(reader, i);
            }

            yield return row;
        }
    }

    private static object? Value(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null
        : reader.GetDataTypeName(column) is "jsonb" or "json" ? new RawJson(reader.GetString(column))
        : reader.GetValue(column) switch
        {
            DateTime instant => instant
                .ToUniversalTime()
                .ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            var value => value,
        };
}
