<?xml version="1.0" encoding="utf-8" ?>
<ogr:FeatureCollection
     gml:id="aFeatureCollection"
     xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
     xsi:schemaLocation="http://ogr.maptools.org/ parcels.xsd"
     xmlns:ogr="http://ogr.maptools.org/"
     xmlns:gml="http://www.opengis.net/gml/3.2">
  <gml:boundedBy><gml:Envelope srsName="urn:ogc:def:crs:EPSG::5899"><gml:lowerCorner>500000 1300000</gml:lowerCorner><gml:upperCorner>500400 1300200</gml:upperCorner></gml:Envelope></gml:boundedBy>
                                                                                                                                                        
  <ogr:featureMember>
    <ogr:parcels gml:id="parcels.0">
      <gml:boundedBy><gml:Envelope srsName="urn:ogc:def:crs:EPSG::5899"><gml:lowerCorner>500000 1300000</gml:lowerCorner><gml:upperCorner>500100 1300100</gml:upperCorner></gml:Envelope></gml:boundedBy>
      <ogr:geometryProperty><gml:MultiSurface srsName="urn:ogc:def:crs:EPSG::5899" gml:id="parcels.geom.0"><gml:surfaceMember><gml:Polygon gml:id="parcels.geom.0.0"><gml:exterior><gml:LinearRing><gml:posList>500000 1300000 500100 1300000 500100 1300100 500000 1300100 500000 1300000</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember></gml:MultiSurface></ogr:geometryProperty>
      <ogr:ma>T-1</ogr:ma>
      <ogr:ten>Xã Lâm Hà – Đất ở</ogr:ten>
      <ogr:loai>ONT</ogr:loai>
      <ogr:dien_tich>10000.5</ogr:dien_tich>
      <ogr:ngay>2025-07-01</ogr:ngay>
      <ogr:so>1</ogr:so>
    </ogr:parcels>
  </ogr:featureMember>
  <ogr:featureMember>
    <ogr:parcels gml:id="parcels.1">
      <gml:boundedBy><gml:Envelope srsName="urn:ogc:def:crs:EPSG::5899"><gml:lowerCorner>500100 1300000</gml:lowerCorner><gml:upperCorner>500200 1300100</gml:upperCorner></gml:Envelope></gml:boundedBy>
      <ogr:geometryProperty><gml:MultiSurface srsName="urn:ogc:def:crs:EPSG::5899" gml:id="parcels.geom.1"><gml:surfaceMember><gml:Polygon gml:id="parcels.geom.1.0"><gml:exterior><gml:LinearRing><gml:posList>500100 1300000 500200 1300000 500200 1300100 500100 1300100 500100 1300000</gml:posList></gml:LinearRing></gml:exterior><gml:interior><gml:LinearRing><gml:posList>500140 1300040 500140 1300060 500160 1300060 500160 1300040 500140 1300040</gml:posList></gml:LinearRing></gml:interior></gml:Polygon></gml:surfaceMember></gml:MultiSurface></ogr:geometryProperty>
      <ogr:ma>T-2</ogr:ma>
      <ogr:ten>Phường Bảo Lộc</ogr:ten>
      <ogr:loai>CLN</ogr:loai>
      <ogr:dien_tich>9600</ogr:dien_tich>
      <ogr:ngay>2025-07-02</ogr:ngay>
      <ogr:so>2</ogr:so>
    </ogr:parcels>
  </ogr:featureMember>
  <ogr:featureMember>
    <ogr:parcels gml:id="parcels.2">
      <gml:boundedBy><gml:Envelope srsName="urn:ogc:def:crs:EPSG::5899"><gml:lowerCorner>500000 1300000</gml:lowerCorner><gml:upperCorner>500400 1300200</gml:upperCorner></gml:Envelope></gml:boundedBy>
      <ogr:geometryProperty><gml:MultiSurface srsName="urn:ogc:def:crs:EPSG::5899" gml:id="parcels.geom.2"><gml:surfaceMember><gml:Polygon gml:id="parcels.geom.2.0"><gml:exterior><gml:LinearRing><gml:posList>500000 1300100 500100 1300100 500100 1300200 500000 1300200 500000 1300100</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember><gml:surfaceMember><gml:Polygon gml:id="parcels.geom.2.1"><gml:exterior><gml:LinearRing><gml:posList>500300 1300000 500400 1300000 500400 1300100 500300 1300100 500300 1300000</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember></gml:MultiSurface></ogr:geometryProperty>
      <ogr:ma>T-3</ogr:ma>
      <ogr:ten>Thị trấn Đinh Văn</ogr:ten>
      <ogr:loai>HNK</ogr:loai>
      <ogr:dien_tich>20000</ogr:dien_tich>
      <ogr:ngay>2025-07-03</ogr:ngay>
      <ogr:so>3</ogr:so>
    </ogr:parcels>
  </ogr:featureMember>
</ogr:FeatureCollection>
