using AliveMcp.Testing.Storage;
using AliveMcp.Vocabulary;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Servers.Tests.Catalogue;

public sealed class ServersDbTests(Install install) : IClassFixture<Install>
{
    [Fact]
    public Task Every_mapped_column_is_there() =>
        install.AsAsync<object?>(
            TenantId.Local,
            async services =>
            {
                await MappedColumns.SelectAllAsync(services.GetRequiredService<ServersDb>());
                return null;
            }
        );
}
