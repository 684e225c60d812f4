def test_deploys_what_it_names(test_pattern):
    result = test_pattern("custom-analytics", data_sources=[{"name": "sales", "type": "database"}])
    assert [model.name for model in result.schema.models] == ["DataSource", "Dataset", "DataRecord"]
    assert "AWS::Kinesis::Stream" in result.deploy().resources
