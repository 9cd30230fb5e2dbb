using AliveMcp.Storage.Postgres;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Host.Tests.Routes;

/// <summary>The second fence: every entity of every room's model is filtered by its tenant.</summary>
public sealed class ModelFenceTests(Replicas replicas) : IClassFixture<Replicas>
{
    /// <summary>Entities that are nobody's, and why.</summary>
    private static readonly Dictionary<string, string> Nobodys = [];

    [Fact]
    public void Every_mapped_entity_is_filtered_by_its_tenant_or_is_nobodys_for_a_reason()
    {
        var rooms = Rooms();
        Assert.True(rooms.Count >= 3, string.Join(", ", rooms.Select(room => room.Name)));

        using var scope = replicas.App.Services.CreateScope();
        var unfenced = rooms
            .Select(room => (DbContext)scope.ServiceProvider.GetRequiredService(room))
            .SelectMany(room => room.Model.GetEntityTypes())
            .Where(entity => entity.GetDeclaredQueryFilters().All(filter => filter.Key != RoomDb.TenantFilter))
            .Select(entity => entity.ClrType.Name)
            .Distinct(StringComparer.Ordinal);

        Assert.Equal(Nobodys.Keys, unfenced);
    }

    /// <summary>The contexts of all rooms that the Host is made of.</summary>
    private static IReadOnlyList<Type> Rooms() =>
        [
            .. AppDomain
                .CurrentDomain.GetAssemblies()
                .Where(assembly => assembly.GetName().Name!.StartsWith("AliveMcp.", StringComparison.Ordinal))
                .Where(assembly => !assembly.GetName().Name!.Contains("Test", StringComparison.Ordinal))
                .SelectMany(assembly => assembly.GetTypes())
                .Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(RoomDb))),
        ];
}
