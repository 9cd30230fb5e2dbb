using AliveMcp.Vocabulary;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace AliveMcp.Storage.Postgres;

internal sealed class TenantIdConverter() : ValueConverter<TenantId, int>(id => id.Value, value => new TenantId(value));

internal sealed class ServerIdConverter() : ValueConverter<ServerId, int>(id => id.Value, value => new ServerId(value));
